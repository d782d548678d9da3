# Fails where the LIBRARY defines a global symbol that does not begin with mlp_. NM is the tool.
execute_process(COMMAND ${NM} --extern-only --defined-only ${LIBRARY}
                OUTPUT_VARIABLE symbols RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT symbols MATCHES " T mlp_script_run\n")
  message(FATAL_ERROR "${NM} does not list the symbols of ${LIBRARY}")
endif()
string(REGEX MATCHALL " [A-Za-z] [^\n]+" symbols "${symbols}")
list(FILTER symbols EXCLUDE REGEX " [A-Za-z] mlp_")
if(symbols)
  list(JOIN symbols ", " names)
  message(FATAL_ERROR "these symbols of ${LIBRARY} do not begin with mlp_: ${names}")
endif()
