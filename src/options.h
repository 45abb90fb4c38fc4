// SPDX-License-Identifier: MIT
#ifndef SRC_OPTIONS_H
#define SRC_OPTIONS_H

#include <stdbool.h>

/*
 * options: what the command line and the environment say.
 *
 *     node [options] program.js [arguments]
 *
 * Options end at the first word that is none, or at "--".  Flags that are not
 * ours are V8's.
 */
enum pinning {
    PIN_DEFAULT, /* when the shards fill the machine, while they have work */
    PIN_ALWAYS,
    PIN_NEVER
};

struct options {
    unsigned cores; /* shards; 0: as many as there are cores ("auto") */
    enum pinning pin;
    const char *program; /* as given; NULL: commands from the terminal */
    char **arguments;    /* of the program, ending in NULL */
};

enum {
    MAX_CORES = 1024,
    BAD_OPTION = 9 /* the exit status */
};

/* Returns -1 when there is something to run, or the status to exit with:
 * a message or what was asked for is printed by then.  Hands V8 its flags.
 * What `options` points to lives in `argv`. */
int options_parse(struct options *options, char **argv);

#endif
