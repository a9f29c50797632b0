placet_test(NAME unit_store
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/flush_pace_test.cc ${CMAKE_CURRENT_LIST_DIR}/group_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/row_codec_test.cc
  DEPS placet_store_rocks LABELS fast)
placet_test(NAME unit_head_file
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/head_file_test.cc
  DEPS placet_store LABELS disk)
