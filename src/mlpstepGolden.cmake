# What both functions below do with their arguments arg_*: holds that those which it names are there
# and that none is unknown, and sets `script` to the script's path and `torch` to the option that says
# whose PyTorch it is.
function(mlpstep_take_arguments caller)
  foreach(keyword IN LISTS ARGN)
    if(NOT DEFINED arg_${keyword})
      message(FATAL_ERROR "${caller} needs ${keyword}")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${caller} does not know: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(option --torch=2.6,wheel)
  if("${arg_OPTIONS}" MATCHES "(^|;)--(torch|rng)(=|;)")
    if(DEFINED arg_TORCH)
      message(FATAL_ERROR "${caller}: TORCH and --${CMAKE_MATCH_2} say the same")
    endif()
    set(option "")
  elseif(DEFINED arg_TORCH)
    set(option "--torch=${arg_TORCH}")
  endif()
  get_filename_component(path "${arg_SCRIPT}" ABSOLUTE)
  set(torch "${option}" PARENT_SCOPE)
  set(script "${path}" PARENT_SCOPE)
endfunction()

# mlpstep_add_golden_test(NAME name SCRIPT script.py GOLDEN golden [TORCH release[,build]]
#                         [OPTIONS option...])
#
# Adds a test that passes where nothing in GOLDEN is wrong:
# `mlpstep check --torch=release,build [option...] script.py golden`. GOLDEN may be a saved report, a
# transcript, or lines NAME = value. A number passes where it is what SCRIPT computes, as far as it
# is written, where another build of PyTorch may give it, and where that is undecided; with OPTIONS
# --atol=5e-7 only where it is what SCRIPT computes, to six decimals. TORCH is 2.6,wheel unless it is
# given, here or as --torch or --rng among the options: so the environment's MLPSTEP_TORCH decides
# nothing. Relative paths begin at the current source directory.
function(mlpstep_add_golden_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SCRIPT;GOLDEN;TORCH" "OPTIONS")
  mlpstep_take_arguments(mlpstep_add_golden_test NAME SCRIPT GOLDEN)
  get_filename_component(golden "${arg_GOLDEN}" ABSOLUTE)
  add_test(NAME "${arg_NAME}"
           COMMAND $<TARGET_FILE:mlpstep::command> check ${torch} ${arg_OPTIONS} --
                   "${script}" "${golden}")
endfunction()

# mlpstep_add_port_test(NAME name SCRIPT script.py COMMAND command [argument...]
#                       [OUTPUT file] [NAMES map] [TORCH release[,build]] [OPTIONS option...])
#
# Adds a test that runs COMMAND, a program that does what SCRIPT does, and holds the tensors that it
# prints against SCRIPT: `command | mlpstep check --port --torch=release,build [--names=map]
# [option...] script.py -`. It fails at the first number that is further off than float32 in any
# order could be, and where COMMAND itself fails. With OUTPUT, or with --raw among the options, COMMAND
# writes a file, whose path begins at the current binary directory, where it runs. The first word of
# COMMAND may be a target. The other paths begin at the current source directory.
function(mlpstep_add_port_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SCRIPT;OUTPUT;NAMES;TORCH" "COMMAND;OPTIONS")
  mlpstep_take_arguments(mlpstep_add_port_test NAME SCRIPT COMMAND)
  set(names "")
  if(DEFINED arg_NAMES)
    get_filename_component(map "${arg_NAMES}" ABSOLUTE)
    set(names "--names=${map}")
  endif()
  set(sheet -)
  if(DEFINED arg_OUTPUT)
    get_filename_component(sheet "${arg_OUTPUT}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
  elseif("${arg_OPTIONS}" MATCHES "(^|;)--raw(=|;)")
    set(sheet "")
  endif()
  list(POP_FRONT arg_COMMAND program)
  if(TARGET "${program}")
    set(program "$<TARGET_FILE:${program}>")
  endif()
  add_test(NAME "${arg_NAME}"
           COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/mlpstepRunPort.cmake" --
                   $<TARGET_FILE:mlpstep::command> check --port ${torch} ${names} ${arg_OPTIONS} --
                   "${script}" ${sheet} -- "${program}" ${arg_COMMAND})
endfunction()
