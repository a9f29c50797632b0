placet_test(NAME property_merkle
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/merkle/format_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/proof_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/tree_test.cc
  DEPS placet_merkle rapidcheck rapidcheck_gtest
  LABELS fast)
