// SPDX-License-Identifier: MIT
#ifndef SRC_OUTPUT_H
#define SRC_OUTPUT_H

#include <stddef.h>

/*
 * output: stdout and stderr of the process, for all shards.
 *
 * A shard never waits for stdout: it hands what it prints to one writer thread,
 * which starts at the first line and writes in the order of handing over.  With
 * more than one shard only whole lines are handed over; the begin of a line
 * waits, per shard, for its newline or for the end.  So lines of several shards
 * never mix.  stderr is written at once, one text at a time.
 *
 * The descriptors may be shared with other processes, so O_NONBLOCK is never
 * set on them; where somebody else set it we poll().  When nobody reads stdout
 * any more (EPIPE), what is printed is dropped without a word.
 *
 * Threads: everything from any thread, between open and close.
 */

/* Before any other thread is started or pinned. */
void output_open(unsigned shards);

/* Copies `data`; never waits for the reader. */
void output_write(unsigned shard, const char *data, size_t length);

/* Hand over what is printed of a line: it is a prompt. */
void output_push(unsigned shard);

/* Wait until all that was handed over so far is written. */
void output_flush(void);

/* To stderr.  Returns when it is written. */
void output_error(const char *data, size_t length);

/* Write everything, unfinished lines too, and end the writer.  What a thread
 * that still runs prints after that is dropped. */
void output_close(void);

#endif
