placet_test(NAME property_readside
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/readside/on_demand_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/readside/replay_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/memory_stores.cc ${CMAKE_CURRENT_LIST_DIR}/../support/rocks_stores.cc
  DEPS sent_history placet_readside placet_store_rocks LABELS disk)
placet_test(NAME property_books
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/readside/books_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/memory_stores.cc
  DEPS sent_history placet_readside LABELS fast)
