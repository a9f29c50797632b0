# Checkpoints and proofs, as somebody keeps and checks them.
placet_test(NAME verbs_proofs
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/proofs_test.cc ${CMAKE_CURRENT_LIST_DIR}/run.cc
  DEPS e2e_stage placet_audit
  LABELS disk)
add_dependencies(verbs_proofs placet placetd)
