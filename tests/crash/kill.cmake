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
placet_long_test(crash_followers 3600 PLACET_KILLS=500)

# The stores on a disk of its own.
placet_test(NAME crash_power_cut
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/power_cut_test.cc ${CMAKE_CURRENT_LIST_DIR}/power_cut_disk.cc
          ${CMAKE_CURRENT_LIST_DIR}/orderly_env.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/group_maker.cc
  DEPS placet_audit placet_store_rocks
  LABELS crash)
placet_long_test(crash_power_cut 5400 PLACET_POWER_CUTS=1000)
