# Random histories of the whole domain, for whoever folds them.
add_library(domain_history STATIC
  ${CMAKE_CURRENT_LIST_DIR}/domain/history.cc ${CMAKE_CURRENT_LIST_DIR}/domain/history_hours.cc
  ${CMAKE_CURRENT_LIST_DIR}/domain/history_kinds.cc ${CMAKE_CURRENT_LIST_DIR}/domain/history_money.cc ${CMAKE_CURRENT_LIST_DIR}/domain/history_notices.cc
  ${CMAKE_CURRENT_LIST_DIR}/domain/history_parties.cc ${CMAKE_CURRENT_LIST_DIR}/domain/history_people.cc
  ${CMAKE_CURRENT_LIST_DIR}/domain/history_placements.cc)
target_include_directories(domain_history PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(domain_history PRIVATE ${PLACET_WARNINGS})
target_link_libraries(domain_history PUBLIC domain_harness placet_codec fmt::fmt)

placet_test(NAME property_hours
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/domain/authority_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/history_test.cc ${CMAKE_CURRENT_LIST_DIR}/domain/hours_judge.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/hours_test.cc ${CMAKE_CURRENT_LIST_DIR}/domain/money_judge.cc
    ${CMAKE_CURRENT_LIST_DIR}/domain/money_judge_pay.cc ${CMAKE_CURRENT_LIST_DIR}/domain/money_test.cc
  DEPS domain_history rapidcheck rapidcheck_gtest
  LABELS fast)
