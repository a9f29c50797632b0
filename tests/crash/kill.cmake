if(NOT PLACET_SANITIZE)
  placet_test(NAME crash_kill
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/kill_test.cc ${PROJECT_SOURCE_DIR}/bench/hours.cc
    DEPS placet_scratch
    LABELS crash)
  add_dependencies(crash_kill placetd)
endif()
