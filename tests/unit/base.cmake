placet_test(NAME unit_base
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/base/crew_test.cc ${CMAKE_CURRENT_LIST_DIR}/base/demo_clock_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/base/euros_test.cc ${CMAKE_CURRENT_LIST_DIR}/base/lru_map_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/base/thread_test.cc ${CMAKE_CURRENT_LIST_DIR}/base/turns_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/base/uuid_test.cc ${CMAKE_CURRENT_LIST_DIR}/base/zone_test.cc
  DEPS placet_engine
  LABELS fast)
