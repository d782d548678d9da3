# Fails where the LIBRARY defines a global symbol that does not begin with mlp_, or touches signals,
# which are the program's. NM is the tool.
execute_process(COMMAND ${NM} --extern-only --defined-only ${LIBRARY}
                OUTPUT_VARIABLE symbols RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT symbols MATCHES " T mlp_script_run\n")
  message(FATAL_ERROR "${NM} does not list the symbols of ${LIBRARY}")
endif()
string(REGEX MATCHALL " [A-Za-z] [^\n]+" symbols "${symbols}")
list(FILTER symbols EXCLUDE REGEX " [A-Za-z] (mlp_|__x86\\.get_pc_thunk)")
if(symbols)
  list(JOIN symbols ", " names)
  message(FATAL_ERROR "these symbols of ${LIBRARY} do not begin with mlp_: ${names}")
endif()
execute_process(COMMAND ${NM} --undefined-only ${LIBRARY} OUTPUT_VARIABLE symbols)
if(NOT symbols MATCHES " U strlen[@\n]" OR symbols MATCHES " U [^\n]*(signal|sigaction|sigprocmask|raise)")
  message(FATAL_ERROR "${LIBRARY} touches signals, or ${NM} does not list what it uses")
endif()
