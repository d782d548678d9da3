/* Text in SVG and HTML. */
#ifndef MLPSTEP_DERIVE_XML_H
#define MLPSTEP_DERIVE_XML_H

#include "base/text.h"

#include <stdio.h>

/* text_show, of what neither a terminal nor XML may get: U+FFFE and U+FFFF are no characters there. */
size_t xml_show(const char *text, size_t bytes, char shown[TEXT_SHOWN]);
/* Writes what was shown so: as the content of an element, or between quotes. */
void xml_escape(FILE *out, const char *text);
/* Writes a text that may come from anywhere. */
void xml_write(FILE *out, const char *text);
void xml_write_part(FILE *out, const char *text, size_t bytes);

#endif
