placet_test(NAME unit_portal
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/portal/form_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/portal/server_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/portal/templates_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/portal/throttle_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/portal/typed_test.cc
  DEPS placet_portal
  LABELS fast)
