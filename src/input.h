// SPDX-License-Identifier: MIT
#ifndef SRC_INPUT_H
#define SRC_INPUT_H

#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * input: stdin of the process, for one shard, once.
 *
 * A thread waits for it and reads it, piece by piece, the next one when the
 * last was taken: memory does not grow with what comes.  No loop can do that
 * without O_NONBLOCK, which is never set on a descriptor that we share: what
 * poll() promised, another process may have read before us, and files on a slow
 * disk are always "ready".  The thread may block there; a shard may not.
 *
 * Pieces are what read() gives, or, once input_edit() has found libedit and a
 * terminal, lines: then one is read only when input_ask() asked for it.
 *
 * Threads: all of it on the shard's own.
 */

/* Start reading.  `arrived`, which stays until input_close(), is raised when
 * there is a piece to take.  Returns 0 or a negative errno. */
int input_open(struct signal *arrived);

/* The piece that arrived, until input_next(); `length` 0: stdin has ended.
 * False: none did. */
bool input_piece(const char **data, size_t *length);

/* The piece is taken: read on. */
void input_next(void);

/* Read no more: stdin is /dev/null from here on, so who writes to it learns
 * that nobody reads.  The terminal is what it was.  May be called at any time. */
void input_close(void);

/* Before input_open(): have lines edited by whoever sits at the terminal.
 * False: there is no libedit here, or no terminal. */
bool input_edit(void);

/* Ask for a line; takes `prompt`, which was allocated. */
void input_ask(char *prompt);

#endif
