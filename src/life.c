#include "life.h"

#include "system.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

enum {
    MOST_SHOWN = 79 /* columns: a terminal has 80 or more */
};

static const double first = 1, later = 0.2; /* seconds without one, and between two */

static struct {
    double began, next;      /* when the runs did, and when a line may be written again */
    int shown;               /* columns of the line that stands there; 0: none does */
    bool stdout_is_terminal; /* like stderr, and so the same one */
    bool line_is_open;       /* by what the script printed there last: it has no end yet */
    bool was_printed_to;     /* since the clock was read last */
} life;

void life_end(void) {
    if (!life.shown)
        return;
    fprintf(stderr, "\r%*s\r", life.shown, "");
    fflush(stderr);
    life.shown = 0;
}

/* Over the line that stands there, whose end is overwritten with blanks. */
static void show(const mlp_progress *progress, double seconds) {
    char step[32] = "", turn[64] = "", line[160];
    if (progress->steps)
        snprintf(step, sizeof step, "step %" PRIu64 ", ", progress->steps);
    if (progress->turns)
        snprintf(turn, sizeof turn, "turn %" PRIu64 " of %" PRIu64 ", ", progress->turn,
                 progress->turns);
    snprintf(line, sizeof line, "mlpstep: %s%s%lld s", step, turn, (long long)seconds);
    line[MOST_SHOWN] = '\0';
    fprintf(stderr, "\r%-*s", life.shown, line);
    fflush(stderr);
    if (life.shown < (int)strlen(line))
        life.shown = (int)strlen(line);
}

/* What a script prints is a sign of life itself. */
static void look(void *watcher, const mlp_progress *progress) {
    (void)watcher;
    const double t = system_seconds();
    if (life.was_printed_to) {
        fflush(stdout); /* which may have no buffer of one line */
        life.next = t + first;
    }
    life.was_printed_to = false;
    if (life.line_is_open || t < life.next)
        return;
    life.next = t + later;
    show(progress, t - life.began);
}

static void make_way(void *watcher, FILE *to, const char *text) {
    (void)watcher;
    if (to == stdout && !life.stdout_is_terminal)
        return;
    life_end();
    life.was_printed_to = true;
    life.line_is_open = text[strlen(text) - 1] != '\n';
}

const mlp_watch *life_begin(void) {
    static const mlp_watch watch = {NULL, look, make_way};
    life.stdout_is_terminal = system_is_terminal(stdout);
    life.began = system_seconds();
    life.next = life.began + first;
    return system_is_terminal(stderr) ? &watch : NULL;
}
