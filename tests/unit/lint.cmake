# Not the python3 on PATH: that may be anybody's.
set(PYTHON /usr/bin/python3 -B)
add_test(NAME lint.layers COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/layers.py)
add_test(NAME lint.events COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/events.py)
add_test(NAME lint.repository COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/repository.py)
add_test(NAME lint.road COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/road.py ${PROJECT_SOURCE_DIR})
add_test(NAME lint.checklist COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/checklist.py ${PROJECT_SOURCE_DIR})
add_test(NAME lint.self_test COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/tools/lint/lint_test.py)
set_tests_properties(lint.layers lint.events lint.repository lint.road lint.checklist lint.self_test PROPERTIES LABELS fast)
