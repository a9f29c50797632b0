# Its include path has what Cap'n Proto makes of schema/, and not src/: it can share no code with what it judges.
add_library(sim_model STATIC ${CMAKE_CURRENT_LIST_DIR}/facts.cc ${CMAKE_CURRENT_LIST_DIR}/model.cc)
target_include_directories(sim_model PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(sim_model PRIVATE ${PLACET_WARNINGS})
target_link_libraries(sim_model PRIVATE placet_schema OpenSSL::Crypto)

placet_test(NAME sim
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/simulation.cc ${CMAKE_CURRENT_LIST_DIR}/simulation_test.cc
          ${CMAKE_CURRENT_LIST_DIR}/views.cc
  DEPS sim_model sent_history placet_readside
  LABELS fast)
placet_long_test(sim 7200 PLACET_SIM_SEEDS=1000)
