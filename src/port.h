// SPDX-License-Identifier: MIT
#ifndef SRC_PORT_H
#define SRC_PORT_H

#include "src/program.h"

/*
 * port: how threads of extensions speak to a shard; see node_extension.h for
 * what they see of it.
 *
 * A shard has one port, for all who open it.  The port outlives the shard: it
 * is freed when the shard has closed and everybody has closed it.
 */
void port_open(struct program *program);

/* No more posts from now on; those that wait are discarded.  The isolate is
 * closed: who posts in vain may free what he has of it. */
void port_close(struct program *program);

#endif
