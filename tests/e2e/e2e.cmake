# Through placetd, from outside: what a client can see, do and rely on.
add_library(e2e_stage STATIC ${CMAKE_CURRENT_LIST_DIR}/stage.cc ${CMAKE_CURRENT_LIST_DIR}/reflect.cc)
target_include_directories(e2e_stage PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(e2e_stage PRIVATE ${PLACET_WARNINGS})
target_link_libraries(e2e_stage PUBLIC placet_scratch)
foreach(name access bad_input disk following hours_races listening money_races money_refusals query races start)
  placet_test(NAME e2e_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc DEPS e2e_stage LABELS disk)
  add_dependencies(e2e_${name} placetd)
endforeach()

add_test(NAME e2e_follower COMMAND ${PROJECT_SOURCE_DIR}/build/venv/bin/python -B
  ${CMAKE_CURRENT_LIST_DIR}/follower_test.py $<TARGET_FILE_DIR:placetd>)
set_tests_properties(e2e_follower PROPERTIES LABELS disk)

# In a browser. The sanitizers leave those labelled `browser` out: a browser waits for a slow server only so long.
foreach(name story typing access mail pages)
  add_test(NAME e2e_portal_${name} COMMAND ${PROJECT_SOURCE_DIR}/build/venv/bin/python -B
    ${CMAKE_CURRENT_LIST_DIR}/portal/${name}_test.py $<TARGET_FILE_DIR:placetd>)
  set_tests_properties(e2e_portal_${name} PROPERTIES LABELS "disk;browser")
endforeach()
