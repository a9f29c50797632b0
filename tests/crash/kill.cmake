foreach(name kill numbers)
  placet_test(NAME crash_${name}
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
    DEPS placet_scratch
    LABELS crash)
  add_dependencies(crash_${name} placetd)
endforeach()

# Verified by the program that its users have.
placet_test(NAME crash_tamper
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/tamper_test.cc ${PROJECT_SOURCE_DIR}/tests/verbs/run.cc
  DEPS placet_scratch placet_store_rocks
  LABELS crash)
add_dependencies(crash_tamper placet placetd)

# What followers have afterwards is judged by the log's files.
placet_test(NAME crash_followers
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/followers_test.cc ${CMAKE_CURRENT_LIST_DIR}/links.cc
  DEPS placet_scratch placet_store_rocks
  LABELS crash)
add_dependencies(crash_followers placetd)
add_test(NAME crash_followers_long COMMAND crash_followers)
set_tests_properties(crash_followers_long PROPERTIES LABELS "crash;long" ENVIRONMENT PLACET_KILLS=500 TIMEOUT 3600)
