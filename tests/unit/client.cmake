placet_test(NAME unit_client
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/client/buffered_stream_test.cc
  DEPS placet_client LABELS fast)
