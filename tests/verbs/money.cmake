# The back office's verbs, from approved hours to payments and invoices.
placet_test(NAME verbs_money
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/money_test.cc ${CMAKE_CURRENT_LIST_DIR}/run.cc
  DEPS e2e_stage
  LABELS disk)
add_dependencies(verbs_money placet placetd)
