#include "system.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#include <windows.h>

int _dowildcard = -1; /* for mingw-w64: sheets\*.txt is all of them, as a shell has it elsewhere */

static UINT code_page; /* of the console, which outlives this program */

static void leave_console(void) {
    fflush(NULL);
    SetConsoleOutputCP(code_page);
}

void system_begin(void) {
    static char part[BUFSIZ];
    FILE *const streams[] = {stdin, stdout, stderr};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        _setmode(_fileno(streams[i]), _O_BINARY);
    setvbuf(stdout, part, _IOFBF, sizeof part); /* else a console gets a character in parts */
    code_page = GetConsoleOutputCP();
    if (code_page && SetConsoleOutputCP(CP_UTF8))
        atexit(leave_console);
}

static bool read_mode(FILE *stream, HANDLE *console, DWORD *mode) {
    *console = (HANDLE)_get_osfhandle(_fileno(stream));
    return GetConsoleMode(*console, mode);
}

/* _isatty() takes NUL for one. */
bool system_is_terminal(FILE *stream) {
    HANDLE console;
    DWORD mode;
    return read_mode(stream, &console, &mode);
}

bool system_shows_colours(FILE *stream) {
    HANDLE console;
    DWORD mode;
    return read_mode(stream, &console, &mode) &&
           SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

/* The C library opens no folder, and says that it may not. */
FILE *system_open(const char *path) {
    FILE *in = fopen(path, "rb");
    const DWORD attributes = in ? 0 : GetFileAttributesA(path);
    if (attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_DIRECTORY)
        errno = EISDIR;
    return in;
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
#include <unistd.h>

void system_begin(void) {
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing like any other */
#endif
}

bool system_is_terminal(FILE *stream) {
    return isatty(fileno(stream));
}

bool system_shows_colours(FILE *stream) {
    return system_is_terminal(stream);
}

FILE *system_open(const char *path) {
    return fopen(path, "rb");
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
