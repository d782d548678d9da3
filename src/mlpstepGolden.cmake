# mlpstep_add_golden_test(NAME name SCRIPT script.py GOLDEN golden [OPTIONS option...])
#
# Adds a test that passes where every number of GOLDEN is what SCRIPT computes, as far as it is
# written: `mlpstep check [option...] script.py golden`. GOLDEN may be a saved report, a
# transcript, or lines NAME = value. Relative paths begin at the current source directory.
function(mlpstep_add_golden_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SCRIPT;GOLDEN" "OPTIONS")
  foreach(keyword NAME SCRIPT GOLDEN)
    if(NOT DEFINED arg_${keyword})
      message(FATAL_ERROR "mlpstep_add_golden_test needs ${keyword}")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "mlpstep_add_golden_test does not know: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(script "${arg_SCRIPT}" ABSOLUTE)
  get_filename_component(golden "${arg_GOLDEN}" ABSOLUTE)
  add_test(NAME "${arg_NAME}"
           COMMAND $<TARGET_FILE:mlpstep::command> check ${arg_OPTIONS} -- "${script}" "${golden}")
endfunction()
