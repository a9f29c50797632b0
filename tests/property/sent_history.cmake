# Random histories of the domain in the log of a real engine.
add_library(sent_history STATIC ${CMAKE_CURRENT_LIST_DIR}/engine/sent_history.cc)
target_include_directories(sent_history PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(sent_history PRIVATE ${PLACET_WARNINGS})
target_link_libraries(sent_history PUBLIC domain_history placet_engine)

placet_test(NAME property_engine
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine/repeats_test.cc
  DEPS sent_history
  LABELS fast)
