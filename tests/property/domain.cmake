placet_test(NAME property_domain
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/domain/account_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/employment_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/notice_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/parties_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/person_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/placement_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/proposal_test.cc
  DEPS domain_harness rapidcheck rapidcheck_gtest
  LABELS fast)
