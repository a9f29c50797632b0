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
