placet_test(NAME unit_projections
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/projections/projections_test.cc
  DEPS placet_readside LABELS fast)
