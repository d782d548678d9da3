# Writes OUTPUT, the C file that holds the text of FILES: an array NAME of the struct TYPE, as HEADER
# declares both.
# Bytes are written in hexadecimal, since C limits the length of a string literal.
set(arrays "")
set(rows "")
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WLE)
  string(REPLACE "." "_" array ${name})
  file(STRINGS ${file} title LIMIT_COUNT 1)
  string(REGEX REPLACE "^# *" "" title "${title}")
  string(REPLACE "\"" "\\\"" title "${title}")
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const unsigned char ${array}_text[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", \"${title}\", (const char *)${array}_text,"
                     " sizeof ${array}_text - 1},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\n${arrays}\n"
                     "const ${TYPE} ${NAME}[] = {\n${rows}    {0}};\n")
