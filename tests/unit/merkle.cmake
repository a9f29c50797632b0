placet_test(NAME unit_merkle
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/merkle/checkpoint_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/note_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/proof_file_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/proof_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/tile_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/tree_test.cc
  DEPS placet_merkle
  LABELS fast)
