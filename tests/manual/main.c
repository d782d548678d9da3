/* Writes one of the files to standard output: mlpstep_manual man|bash|zsh|fish. */
#include "manual.h"

#include <string.h>

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*write)(FILE *to);
    } writers[] = {
        {"man", write_man}, {"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    for (size_t i = 0; argc == 2 && i < sizeof writers / sizeof *writers; i++)
        if (strcmp(writers[i].name, argv[1]) == 0) {
            writers[i].write(stdout);
            return ferror(stdout) || fflush(stdout) != 0;
        }
    fputs("usage: mlpstep_manual man|bash|zsh|fish\n", stderr);
    return 2;
}
