# Back-ups of a running ledger, and what becomes of them.
placet_test(NAME verbs_backup
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/backup_test.cc ${CMAKE_CURRENT_LIST_DIR}/run.cc
  DEPS e2e_stage placet_store_rocks
  LABELS disk)
add_dependencies(verbs_backup placet placetd)
