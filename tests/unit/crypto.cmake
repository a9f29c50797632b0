placet_test(NAME unit_crypto
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/crypto/base64_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/crypto/box_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/crypto/ed25519_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/crypto/secret_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/crypto/sha256_test.cc
  DEPS placet_crypto
  LABELS fast threads)
