set(store_contract ${CMAKE_CURRENT_LIST_DIR}/event_log_contract.cc ${CMAKE_CURRENT_LIST_DIR}/row_archive_contract.cc
  ${CMAKE_CURRENT_LIST_DIR}/row_store_contract.cc)
set(memory_stores ${CMAKE_CURRENT_LIST_DIR}/../support/memory_stores.cc)
set(rocks_stores ${CMAKE_CURRENT_LIST_DIR}/../support/rocks_stores.cc)

placet_test(NAME contract_memory_stores
  SOURCES ${store_contract} ${memory_stores} ${CMAKE_CURRENT_LIST_DIR}/memory_stores_test.cc
  DEPS placet_store LABELS fast)
placet_test(NAME contract_rocks_stores
  SOURCES ${store_contract} ${rocks_stores} ${CMAKE_CURRENT_LIST_DIR}/rocks_stores_test.cc
  DEPS placet_store_rocks LABELS disk)
placet_test(NAME contract_store_threads
  SOURCES ${memory_stores} ${rocks_stores} ${CMAKE_CURRENT_LIST_DIR}/store_threads_test.cc
  DEPS placet_store_rocks LABELS threads)
