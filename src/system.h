/* What the command asks of the operating system beyond C. */
#ifndef MLPSTEP_SYSTEM_H
#define MLPSTEP_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What is written to `file` is held in memory, or where the system has no such files, on disk. */
typedef struct {
    FILE *file;
    char *text;
    size_t length;
} held_output;

/* Before anything is read or written: the streams have the same bytes everywhere. */
void system_begin(void);
/* Whether the stream is a terminal, and whether it is one that shows colours. */
bool system_is_terminal(FILE *stream);
bool system_shows_colours(FILE *stream);
/* A file to be read. NULL, with an errno, where it cannot be, or where it is told here already that it
 * is a folder. */
FILE *system_open(const char *path);
/* Bytes of the stack that this program has. */
size_t system_stack(void);
/* Since some moment, which stays the same. */
double system_seconds(void);
/* Whether that is why a write failed, an errno: nobody reads any more. */
bool system_is_closed_pipe(int error);
/* False where there is no room for it. */
bool system_hold(held_output *held);
/* Ends it; writes what was held to `to`, unless that is NULL. False, and nothing is written, where it
 * could not be held whole. */
bool system_let_go(held_output *held, FILE *to);

#endif
