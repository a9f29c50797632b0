# Verbs of the command line, as processes against a running ledger.
placet_test(NAME verbs_import
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/import_test.cc ${CMAKE_CURRENT_LIST_DIR}/run.cc
  DEPS placet_scratch nlohmann_json::nlohmann_json
  LABELS disk)
add_dependencies(verbs_import placet placetd)
