// SPDX-License-Identifier: MIT
#ifndef NET_HTTP_HEAD_H
#define NET_HTTP_HEAD_H

#include "net/http_parse.h"

#include <stddef.h>

/*
 * http_head: the request heads that most clients send, seen at a glance.
 *
 * A head that came whole, is a GET or a HEAD of a path and follows the grammar
 * of RFC 9112 to the letter, without a field that says how the message or the
 * connection goes on, needs no state machine.  What is not certain to be one is
 * left to llhttp, which alone refuses: it must say of each head taken here what
 * is said here, and the tests of http_parse compare the two.
 *
 * Threads: any; nothing is kept.
 */

/* Is there such a head at `bytes`?  Then fill in *head, which points there, all
 * but the method, and return its length with the empty line; else 0. */
size_t http_head_scan(const char *bytes, size_t length,
                      struct http_head *head);

#endif
