foreach(name kill numbers)
  placet_test(NAME crash_${name}
    SOURCES ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
    DEPS placet_scratch
    LABELS crash)
  add_dependencies(crash_${name} placetd)
endforeach()
