#include "system.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#include <windows.h>

void system_begin(void) {
    FILE *const streams[] = {stdin, stdout, stderr};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        _setmode(_fileno(streams[i]), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
}

size_t system_stack(void) {
    return 8 << 20; /* as it is linked */
}

double system_seconds(void) {
    return 1e-3 * (double)GetTickCount64();
}

bool system_is_closed_pipe(int error) {
    return error == EPIPE || error == EINVAL;
}

bool system_hold(held_output *held) {
    char *name = _tempnam(NULL, "mlpstep");
    *held = (held_output){.file = name ? fopen(name, "w+bTD") : NULL}; /* gone when it is closed */
    free(name);
    return held->file;
}

bool system_let_go(held_output *held, FILE *to) {
    char part[BUFSIZ];
    size_t count;
    const bool whole = fflush(held->file) == 0 && !ferror(held->file);
    rewind(held->file);
    while (whole && to && (count = fread(part, 1, sizeof part, held->file)) > 0)
        fwrite(part, 1, count, to);
    fclose(held->file);
    return whole;
}

#else
#include <sys/resource.h>

void system_begin(void) {
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing like any other */
#endif
}

size_t system_stack(void) {
    const rlim_t usual = 8 << 20, most = 64 << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        limit.rlim_cur = usual;
    return (size_t)(limit.rlim_cur < most ? limit.rlim_cur : most);
}

double system_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool system_is_closed_pipe(int error) {
    return error == EPIPE;
}

bool system_hold(held_output *held) {
    *held = (held_output){0};
    held->file = open_memstream(&held->text, &held->length);
    return held->file;
}

bool system_let_go(held_output *held, FILE *to) {
    const bool broken = ferror(held->file) != 0, whole = fclose(held->file) == 0 && !broken;
    if (whole && to)
        fwrite(held->text, 1, held->length, to);
    free(held->text);
    return whole;
}
#endif
