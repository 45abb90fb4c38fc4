// SPDX-License-Identifier: MIT
#ifndef SRC_CFLAGS_H
#define SRC_CFLAGS_H

/*
 * cflags: what the C and C++ of an extension is compiled with, for
 *
 *     cc `node --cflags` -shared -o x.node x.c
 */

/* Print them, one line.  Returns the exit status: not 0, with a line on stderr,
 * when the headers are not beside this program. */
int cflags_print(void);

#endif
