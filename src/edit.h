// SPDX-License-Identifier: MIT
#ifndef SRC_EDIT_H
#define SRC_EDIT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * edit: lines from a terminal, with editing and a history, by libedit, which is
 * loaded when it is first asked for, and need not be there.
 */

/* False: it is not installed, or stdin and stdout are not one's terminal. */
bool edit_open(void);

/* Returns a line with its newline, which stays until the next call; NULL and
 * length 0 at the end.  Blocks; on one thread only. */
const char *edit_line(char *prompt, size_t *length);

/* From any thread: the terminal as edit_open() found it. */
void edit_restore(void);

#endif
