find_package(nlohmann_json REQUIRED)
set(timesheets ${CMAKE_CURRENT_LIST_DIR}/timesheets)
placet_test(NAME conformance_timesheets
  SOURCES ${timesheets}/agency.cc ${timesheets}/read_back.cc ${timesheets}/tasks.cc ${timesheets}/timesheets_test.cc
  DEPS placet_import placet_scratch nlohmann_json::nlohmann_json
  LABELS conformance
  SECONDS 90)
target_compile_definitions(conformance_timesheets PRIVATE
  PLACET_CONFORMANCE_DEFAULT="${PROJECT_SOURCE_DIR}/../shared/data" PLACET_EXPECTED="${timesheets}/expected.json")
add_dependencies(conformance_timesheets placetd)

add_test(NAME conformance_timesheets.script COMMAND sh -c
  "exec /usr/bin/python3 -B ${timesheets}/expected.py --check \"\${PLACET_CONFORMANCE:-${PROJECT_SOURCE_DIR}/../shared/data}/timesheets\"")
set_tests_properties(conformance_timesheets.script PROPERTIES LABELS conformance SKIP_RETURN_CODE 77)
