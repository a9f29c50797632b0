placet_test(NAME unit_client
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/client/buffered_stream_test.cc ${CMAKE_CURRENT_LIST_DIR}/client/gathering_test.cc
  DEPS placet_client LABELS fast)
target_compile_options(unit_client PRIVATE -Wno-maybe-uninitialized)  # as placet_client
