# What `mlpstep OPTIONS EXAMPLE` prints is GOLDEN, byte for byte; with UPDATE=ON, becomes GOLDEN.
unset(ENV{MLPSTEP_TORCH})
execute_process(COMMAND ${MLPSTEP} ${OPTIONS} ${EXAMPLE} OUTPUT_FILE ${OUTPUT} ERROR_VARIABLE warnings
                RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "mlpstep ended with status ${status}: ${warnings}")
endif()
if(UPDATE)
  configure_file(${OUTPUT} ${GOLDEN} COPYONLY)
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${OUTPUT} ${GOLDEN}
                RESULT_VARIABLE differ)
if(differ)
  find_program(DIFF diff)
  if(DIFF)
    execute_process(COMMAND ${DIFF} -u ${GOLDEN} ${OUTPUT})
  endif()
  message(FATAL_ERROR "the output differs from ${GOLDEN}; if it should, build the target "
                      "update_golden")
endif()
