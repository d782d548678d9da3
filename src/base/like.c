#include "like.h"

#include <stddef.h>

bool is_like(const char *text, const char *pattern, const char *end) {
    const char *star = NULL, *back = text;
    while (*text) {
        if (pattern < end && *pattern == '*') {
            star = pattern++;
            back = text;
        } else if (pattern < end && (*pattern == '?' || *pattern == *text)) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = ++back;
        } else {
            return false;
        }
    }
    while (pattern < end && *pattern == '*')
        pattern++;
    return pattern == end;
}
