placet_test(NAME property_access
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/access/hours_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/text_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/vault_test.cc
  DEPS placet_access rapidcheck rapidcheck_gtest
  LABELS fast)
