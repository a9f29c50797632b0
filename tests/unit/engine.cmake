placet_test(NAME unit_engine
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine/engine_test.cc
  DEPS placet_engine
  LABELS threads)
