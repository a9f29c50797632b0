placet_test(NAME unit_documents
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/documents/language_test.cc
    ${CMAKE_CURRENT_LIST_DIR}/documents/mail_test.cc
  DEPS placet_documents
  LABELS fast)
