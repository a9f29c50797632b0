placet_test(NAME property_store
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/store_model_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/memory_stores.cc ${CMAKE_CURRENT_LIST_DIR}/../support/rocks_stores.cc
  DEPS placet_store_rocks rapidcheck rapidcheck_gtest LABELS disk)
