# Cap'n Proto's libraries are not built for the thread sanitizer, which would take its locks for races.
if(NOT PLACET_SANITIZE MATCHES "thread|fuzzer")
  placet_test(NAME crash_kill
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/kill_test.cc
    DEPS placet_scratch
    LABELS crash)
  add_dependencies(crash_kill placetd)
endif()
