# The sample agency, as README.md shows it, and the clock that it lives by.
placet_test(NAME verbs_demo
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/demo_test.cc
  DEPS placet_scratch nlohmann_json::nlohmann_json
  LABELS disk)
target_compile_definitions(verbs_demo PRIVATE PLACET_README="${PROJECT_SOURCE_DIR}/README.md")
add_dependencies(verbs_demo placet placetd)
