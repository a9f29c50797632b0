placet_test(NAME unit_access
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/access/credentials_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/hints_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/hours_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/key_cache_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/natural_key_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/passwords_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/prepare_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/second_factors_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/text_rules_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/access/vault_test.cc
  DEPS placet_access PkgConfig::OATH
  LABELS fast)
placet_test(NAME unit_access_keys
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/access/keys_test.cc ${CMAKE_CURRENT_LIST_DIR}/access/notary_test.cc
  DEPS placet_access
  LABELS disk)
placet_test(NAME unit_access_threads
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/access/vault_threads_test.cc
  DEPS placet_access
  LABELS fast threads)
