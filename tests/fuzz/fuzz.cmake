# Fuzz targets: one file, one decoder. Under clang each is a libFuzzer program (preset `fuzz`, run by tools/fuzz);
# every other compiler makes one test of them all, which reads the kept inputs again.
set(fuzz_targets checkpoint csv entry_bundle form frame head_file key_row log_row note proof_file record row sealed_box submission
  tile_path typed verifier_key)
set(fuzz_deps placet_access placet_codec placet_crypto placet_import placet_merkle placet_portal placet_rpc placet_schema_rpc placet_store ZLIB::ZLIB)
find_package(ZLIB REQUIRED)

add_executable(fuzz_seeds EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/seeds.cc)
target_include_directories(fuzz_seeds PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(fuzz_seeds PRIVATE ${fuzz_deps})

if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  add_custom_target(fuzzers)
  foreach(target ${fuzz_targets})
    add_executable(fuzz_${target} EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/${target}.cc)
    target_include_directories(fuzz_${target} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(fuzz_${target} PRIVATE ${fuzz_deps})
    target_link_options(fuzz_${target} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers fuzz_${target})
  endforeach()
else()
  list(TRANSFORM fuzz_targets REPLACE "(.+)" "TARGET(\\1)\n" OUTPUT_VARIABLE lines)
  list(JOIN lines "" lines)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/fuzz/targets.inc CONTENT "${lines}" @ONLY)
  list(TRANSFORM fuzz_targets REPLACE "(.+)" "${CMAKE_CURRENT_LIST_DIR}/\\1.cc" OUTPUT_VARIABLE sources)
  foreach(target ${fuzz_targets})
    set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/${target}.cc
      PROPERTIES COMPILE_DEFINITIONS PLACET_FUZZ_ENTRY=fuzz_${target})
  endforeach()
  placet_test(NAME fuzz_corpus_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/corpus_test.cc ${sources} DEPS ${fuzz_deps} LABELS disk)
  target_include_directories(fuzz_corpus_test PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/fuzz)
  target_compile_definitions(fuzz_corpus_test PRIVATE PLACET_CORPUS="${CMAKE_CURRENT_LIST_DIR}/corpus")
endif()
