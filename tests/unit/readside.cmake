placet_test(NAME unit_readside
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/readside/fold_test.cc ${CMAKE_CURRENT_LIST_DIR}/readside/missing_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/readside/money_queries_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/readside/rows_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/readside/snapshots_test.cc
  DEPS placet_readside LABELS fast)
placet_test(NAME unit_projection_host
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/readside/projection_host_test.cc
  DEPS placet_readside LABELS fast threads)
