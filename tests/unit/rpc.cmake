placet_test(NAME rpc_frame_test
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/rpc/frame_scanner_test.cc ${CMAKE_CURRENT_LIST_DIR}/rpc/frame_guard_test.cc
  DEPS placet_rpc placet_schema_rpc LABELS fast)
placet_test(NAME rpc_engine_port_test
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/rpc/engine_port_test.cc
  DEPS placet_rpc LABELS fast)
placet_test(NAME unit_rpc_tail
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/rpc/tail_test.cc
  DEPS placet_rpc placet_store LABELS fast)
placet_test(NAME unit_rpc_page_reader
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/rpc/page_reader_test.cc
  DEPS placet_rpc placet_store LABELS fast)
placet_test(NAME unit_rpc_server
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/rpc/events_test.cc ${CMAKE_CURRENT_LIST_DIR}/rpc/full_inbox_test.cc ${CMAKE_CURRENT_LIST_DIR}/rpc/stopped_projection_test.cc
  DEPS placet_client placet_rpc LABELS disk)
