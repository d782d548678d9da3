# Writes OUTPUT, the C file that holds the text of EXAMPLES, as src/examples.h declares it.
# Bytes are written in hexadecimal, since C limits the length of a string literal.
set(arrays "")
set(rows "")
list(SORT EXAMPLES)
foreach(example IN LISTS EXAMPLES)
  get_filename_component(name ${example} NAME_WE)
  file(STRINGS ${example} title LIMIT_COUNT 1)
  string(REGEX REPLACE "^# *" "" title "${title}")
  string(REPLACE "\"" "\\\"" title "${title}")
  file(READ ${example} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const unsigned char ${name}_text[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", \"${title}\", (const char *)${name}_text,"
                     " sizeof ${name}_text - 1},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"examples.h\"\n\n${arrays}\n"
                     "const example examples[] = {\n${rows}    {0}};\n")
