/* The command, with each of its allocations refused in turn.
 *
 * Usage: refuse SKIP EVERY ARGUMENT...
 *
 * Runs the command with the arguments. Behind the first SKIP allocations, at every EVERYth one, the
 * process doubles itself, and the other one goes on without the memory: it must end with status 2
 * and one diagnostic. Prints how many allocations there were; the status is 0 if all refusals went
 * well. */
#include "refuse.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int command_main(int argc, char **argv);

static unsigned long skip, every, count, refused, failures;
static bool is_refusal; /* this is the process without the memory, which has been refused once */

static bool is_trouble(const char *line) {
    return strncmp(line, "mlpstep: ", 9) == 0 || strstr(line, ": error: ");
}

static unsigned count_diagnostics(int from) {
    FILE *in = fdopen(from, "r");
    char line[4096];
    unsigned diagnostics = 0;
    while (fgets(line, sizeof line, in))
        diagnostics += is_trouble(line);
    fclose(in);
    return diagnostics;
}

static void judge(pid_t refusal, int from) {
    const unsigned diagnostics = count_diagnostics(from);
    int status;
    waitpid(refusal, &status, 0);
    refused++;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2 && diagnostics == 1)
        return;
    failures++;
    fprintf(stderr, "without allocation %lu: status %d, signal %d, %u diagnostics\n", count,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            WIFSIGNALED(status) ? WTERMSIG(status) : 0, diagnostics);
}

/* Whether this process is the one to do without. */
static bool is_refused(void) {
    int ends[2];
    if (is_refusal || ++count <= skip || (count - skip) % every != 0)
        return false;
    if (pipe(ends) != 0)
        abort();
    const pid_t refusal = fork();
    if (refusal < 0)
        abort();
    if (refusal == 0) {
        is_refusal = true;
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        return true;
    }
    close(ends[1]);
    judge(refusal, ends[0]);
    return false;
}

void *refusable_calloc(size_t size, size_t number) {
    return is_refused() ? NULL : calloc(size, number);
}

void *refusable_realloc(void *memory, size_t size) {
    return is_refused() ? NULL : realloc(memory, size);
}

int main(int argc, char **argv) {
    const int report = dup(STDOUT_FILENO);
    if (argc < 3 || report < 0 || !freopen("/dev/null", "w", stdout))
        return 2;
    skip = strtoul(argv[1], NULL, 10);
    every = strtoul(argv[2], NULL, 10);
    const int status = command_main(argc - 2, argv + 2);
    if (is_refusal)
        return status;
    dprintf(report, "%lu allocations, %lu refused, %lu failures\n", count, refused, failures);
    return failures != 0;
}
