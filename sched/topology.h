// SPDX-License-Identifier: MIT
#ifndef SCHED_TOPOLOGY_H
#define SCHED_TOPOLOGY_H

#include <pthread.h>
#include <stdbool.h>

/*
 * topology: which cores the process may really use.
 *
 * That is the affinity mask, less what the CPU quota of a control group takes
 * away: of ours or of any group above it, version 1 or 2.
 */
enum {
    TOPOLOGY_CORES = 1024 /* most cores we tell apart */
};

struct topology {
    unsigned cores;  /* to use: the quota rounded down, at least 1 */
    bool limited;    /* by a quota below the mask: no core is ours alone */
    bool fractional; /* and that quota is no whole number: do not pin */
    unsigned count;  /* of `core`: the affinity mask */
    unsigned short core[TOPOLOGY_CORES]; /* ascending */
};

/* Reads /proc and /sys below `root`: "" but in tests.  What cannot be read
 * does not limit. */
void topology_read(struct topology *topology, const char *root);

/* Just `cores`. */
unsigned topology_cores(void);

/* 0 or a negative errno. */
int topology_pin(pthread_t thread, unsigned core);

/* Lift the calling thread's pin, around what makes threads or processes: they
 * inherit it.  Returns the core for topology_repin(), or -1. */
int topology_unpin(void);
void topology_repin(int core);

#endif
