// SPDX-License-Identifier: MIT
#ifndef SRC_CONSTANTS_H
#define SRC_CONSTANTS_H

/*
 * constants: what the system's headers say (signals, errors, modes, flags) and
 * our version, as properties of `node`.
 */

/* JavaScript that sets them; to be run like a file of src/lib.  Made at the
 * first call, stays. */
const char *constants_source(void);

#endif
