placet_test(NAME unit_audit
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/audit/chain_test.cc ${CMAKE_CURRENT_LIST_DIR}/audit/written_log.cc
          ${CMAKE_CURRENT_LIST_DIR}/../support/group_maker.cc
  DEPS placet_audit placet_store_rocks
  LABELS disk)
