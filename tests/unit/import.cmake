placet_test(NAME unit_import
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/import/csv_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/import/hours_import_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/import/hours_row_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/import/periods_test.cc
  DEPS placet_import
  LABELS fast)
