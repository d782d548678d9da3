# find_package(mlpstep) gives the library mlpstep::mlpstep, the command mlpstep::command and the
# functions mlpstep_add_golden_test and mlpstep_add_port_test.
include("${CMAKE_CURRENT_LIST_DIR}/mlpstep-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/mlpstepGolden.cmake")
