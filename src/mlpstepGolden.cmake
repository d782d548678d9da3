# mlpstep_add_golden_test(NAME name SCRIPT script.py GOLDEN golden [TORCH release[,build]]
#                         [OPTIONS option...])
#
# Adds a test that passes where nothing in GOLDEN is wrong:
# `mlpstep check --torch=release,build [option...] script.py golden`. GOLDEN may be a saved report, a
# transcript, or lines NAME = value. A number passes where it is what SCRIPT computes, as far as it
# is written, where another build of PyTorch may give it, and where that is undecided; with OPTIONS
# --atol=5e-7 only where it is what SCRIPT computes, to six decimals. TORCH is 2.6,wheel unless it is given, here or as
# --torch or --rng among the options: so the environment's MLPSTEP_TORCH decides nothing. Relative
# paths begin at the current source directory.
function(mlpstep_add_golden_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SCRIPT;GOLDEN;TORCH" "OPTIONS")
  foreach(keyword NAME SCRIPT GOLDEN)
    if(NOT DEFINED arg_${keyword})
      message(FATAL_ERROR "mlpstep_add_golden_test needs ${keyword}")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "mlpstep_add_golden_test does not know: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(torch --torch=2.6,wheel)
  if("${arg_OPTIONS}" MATCHES "(^|;)--(torch|rng)(=|;)")
    if(DEFINED arg_TORCH)
      message(FATAL_ERROR "mlpstep_add_golden_test: TORCH and --${CMAKE_MATCH_2} say the same")
    endif()
    set(torch "")
  elseif(DEFINED arg_TORCH)
    set(torch "--torch=${arg_TORCH}")
  endif()
  get_filename_component(script "${arg_SCRIPT}" ABSOLUTE)
  get_filename_component(golden "${arg_GOLDEN}" ABSOLUTE)
  add_test(NAME "${arg_NAME}"
           COMMAND $<TARGET_FILE:mlpstep::command> check ${torch} ${arg_OPTIONS} --
                   "${script}" "${golden}")
endfunction()
