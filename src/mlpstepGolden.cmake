# Stops at a word in capitals that is meant for a keyword, and would count as an argument of another one:
# a keyword but for one letter, or two that changed places, or one of add_test.
function(mlpstep_refuse_misspelled caller word)
  if(word MATCHES "^(WORKING_DIRECTORY|CONFIGURATIONS|COMMAND_EXPAND_LISTS)$")
    message(FATAL_ERROR "${caller} does not know ${word}; set_tests_properties may")
  elseif(NOT word MATCHES "^[A-Z_]+$")
    return()
  endif()
  foreach(keyword IN LISTS ARGN)
    string(LENGTH "${keyword}" length)
    foreach(at RANGE ${length})
      string(SUBSTRING "${keyword}" 0 ${at} before)
      string(SUBSTRING "${keyword}" ${at} -1 behind)
      string(REGEX REPLACE "^.(.*)$" "\\1" skipped "${behind}")
      string(REGEX REPLACE "^(.)(.)(.*)$" "\\2\\1\\3" swapped "${behind}")
      if(word MATCHES "^${before}(.${behind}|.?${skipped}|${swapped})$")
        message(FATAL_ERROR "${caller} does not know ${word}; did you mean ${keyword}? "
                            "An argument that is called so is written $<1:${word}>")
      endif()
    endforeach()
  endforeach()
endfunction()

# What both functions below do with their arguments arg_*, of the keywords: holds that those which it
# names are there and that none is unknown, and sets `script` to the script's path and `torch` to the
# option that says whose PyTorch it is.
function(mlpstep_take_arguments caller keywords)
  foreach(word IN LISTS arg_UNPARSED_ARGUMENTS arg_COMMAND arg_OPTIONS)
    mlpstep_refuse_misspelled(${caller} "${word}" ${keywords})
  endforeach()
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
  set(single NAME SCRIPT GOLDEN TORCH)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${single}" "OPTIONS")
  mlpstep_take_arguments(mlpstep_add_golden_test "${single};OPTIONS" NAME SCRIPT GOLDEN)
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
# COMMAND may be a target. The other paths begin at the current source directory. Of the files that
# --raw names, each has to be written anew.
function(mlpstep_add_port_test)
  set(single NAME SCRIPT OUTPUT NAMES TORCH)
  set(several COMMAND OPTIONS)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${single}" "${several}")
  mlpstep_take_arguments(mlpstep_add_port_test "${single};${several}" NAME SCRIPT COMMAND)
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
