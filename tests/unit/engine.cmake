placet_test(NAME unit_engine
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine/command_index_test.cc ${CMAKE_CURRENT_LIST_DIR}/engine/engine_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/engine/head_anchor_test.cc
  DEPS placet_engine
  LABELS threads)
# A bug that only this program has, planted by the linker in the decision of one kind of command, by its linker name.
set(planted _ZN6placet6domain6decideERKNS0_6StatesERKNS0_14RegisterPersonERKNS0_5FactsE)
placet_test(NAME unit_engine_bug
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine/planted_bug_test.cc
  DEPS placet_engine
  LABELS threads)
target_compile_definitions(unit_engine_bug PRIVATE PLACET_PLANTED="${planted}")
target_link_options(unit_engine_bug PRIVATE LINKER:--wrap=${planted})
