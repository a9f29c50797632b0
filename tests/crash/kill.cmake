placet_test(NAME crash_kill
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/kill_test.cc
  DEPS placet_scratch
  LABELS crash)
add_dependencies(crash_kill placetd)
