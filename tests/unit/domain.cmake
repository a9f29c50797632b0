# given/when/then over the domain, and the people of its stories; shared with the property tests.
add_library(domain_harness STATIC ${CMAKE_CURRENT_LIST_DIR}/domain/harness.cc ${CMAKE_CURRENT_LIST_DIR}/domain/people.cc
  ${CMAKE_CURRENT_LIST_DIR}/domain/money.cc ${CMAKE_CURRENT_LIST_DIR}/domain/sheets.cc)
target_include_directories(domain_harness PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(domain_harness PRIVATE ${PLACET_WARNINGS})
target_link_libraries(domain_harness PUBLIC placet_domain GTest::gtest)

file(GLOB domain_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/domain/*_test.cc)
placet_test(NAME unit_domain
  SOURCES ${domain_tests}
  DEPS domain_harness
  LABELS fast)
