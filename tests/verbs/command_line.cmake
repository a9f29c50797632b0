placet_test(NAME verbs_command_line
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/command_line_test.cc ${CMAKE_CURRENT_LIST_DIR}/run.cc
  DEPS placet_scratch nlohmann_json::nlohmann_json
  LABELS disk)
add_dependencies(verbs_command_line placet placetd)
