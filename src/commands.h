/* The subcommands, as the help and the manual tell them. */
#ifndef MLPSTEP_COMMANDS_H
#define MLPSTEP_COMMANDS_H

/* In the order of the help. */
typedef enum {
    RUN,
    TRANSCRIPT,
    WORKSHEET,
    CHECK,
    DIFF,
    GRADCHECK,
    DERIVE,
    GRAPH,
    VARIANT,
    EXAMPLE,
    HELP,
    COMMANDS, /* how many; a word that is none of them */
} command_id;

/* Sets of them. */
enum {
    OF_RUN = 1 << RUN,
    OF_TRANSCRIPT = 1 << TRANSCRIPT,
    OF_WORKSHEET = 1 << WORKSHEET,
    OF_CHECK = 1 << CHECK,
    OF_DIFF = 1 << DIFF,
    OF_GRADCHECK = 1 << GRADCHECK,
    OF_DERIVE = 1 << DERIVE,
    OF_GRAPH = 1 << GRAPH,
    OF_VARIANT = 1 << VARIANT,
    OF_EXAMPLE = 1 << EXAMPLE,
    OF_HELP = 1 << HELP,
    OF_ALL = (1 << COMMANDS) - 1,
    OF_SCRIPTS = OF_ALL & ~(OF_EXAMPLE | OF_HELP) /* those that run one */
};

typedef struct {
    const char *name;
    const char *synopsis; /* what stands behind mlpstep */
    const char *summary;
    const char *more;    /* sentences that its own help has behind the summary; NULL: none */
    const char *example; /* lines of a terminal, which begin in an empty folder: the test `examples`
                            types what stands behind $ */
} command_text;

extern const command_text command_texts[COMMANDS];

/* Paragraphs of the help of the whole program. */
extern const char program_summary[], program_about[], program_environment[], program_status[];

/* COMMANDS where the word is none. */
command_id command_find(const char *word);

#endif
