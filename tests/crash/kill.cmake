foreach(name kill numbers ext4)
  placet_test(NAME crash_${name}
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
    DEPS placet_scratch
    LABELS crash)
  add_dependencies(crash_${name} placetd)
endforeach()
target_sources(crash_kill PRIVATE ${CMAKE_CURRENT_LIST_DIR}/judge.cc)
target_sources(crash_ext4 PRIVATE ${CMAKE_CURRENT_LIST_DIR}/judge.cc)
placet_long_test(crash_kill 7200 PLACET_KILLS=2000)
placet_long_test(crash_ext4 3600 PLACET_EXT4_CUTS=50)

# placetd with calls of the operating system that fail.
add_library(placet_failing_calls SHARED ${CMAKE_CURRENT_LIST_DIR}/failing_calls.cc)
target_include_directories(placet_failing_calls PRIVATE ${PROJECT_SOURCE_DIR})
target_compile_options(placet_failing_calls PRIVATE ${PLACET_WARNINGS})
placet_test(NAME crash_error
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/error_test.cc ${CMAKE_CURRENT_LIST_DIR}/judge.cc
          ${PROJECT_SOURCE_DIR}/tests/verbs/run.cc
  DEPS placet_scratch
  LABELS crash)
target_compile_definitions(crash_error PRIVATE
  PLACET_FAILING_CALLS_LIBRARY="$<TARGET_FILE:placet_failing_calls>")
add_dependencies(crash_error placet placetd placet_failing_calls)
placet_long_test(crash_error 10800 PLACET_FAILING_PASSES=0)

# Verified by the program that its users have.
placet_test(NAME crash_tamper
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/tamper_test.cc ${PROJECT_SOURCE_DIR}/tests/verbs/run.cc
  DEPS placet_scratch placet_store_rocks
  LABELS crash)
add_dependencies(crash_tamper placet placetd)
placet_long_test(crash_tamper 7200 PLACET_TAMPER_CASES=1000)

# What followers have afterwards is judged by the log's files.
placet_test(NAME crash_followers
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/followers_test.cc ${CMAKE_CURRENT_LIST_DIR}/links.cc
  DEPS placet_scratch placet_store_rocks
  LABELS crash)
add_dependencies(crash_followers placetd)
placet_long_test(crash_followers 3600 PLACET_KILLS=500)

# The stores on a disk of its own.
placet_test(NAME crash_power_cut
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/power_cut_test.cc ${CMAKE_CURRENT_LIST_DIR}/power_cut_disk.cc
          ${CMAKE_CURRENT_LIST_DIR}/orderly_env.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/group_maker.cc
  DEPS placet_audit placet_store_rocks
  LABELS crash)
placet_long_test(crash_power_cut 5400 PLACET_POWER_CUTS=1000)
