find_package(nlohmann_json REQUIRED)
placet_test(NAME conformance_merkle
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/merkle/note_vectors_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/proof_vectors_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/tessera_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/tile_vectors_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/merkle/vectors.cc
  DEPS placet_merkle nlohmann_json::nlohmann_json
  LABELS fast)
target_compile_definitions(conformance_merkle PRIVATE PLACET_CONFORMANCE_DEFAULT="${PROJECT_SOURCE_DIR}/../shared/data")
