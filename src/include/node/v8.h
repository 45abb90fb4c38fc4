// SPDX-License-Identifier: MIT
/* For extensions that include this name: node.h holds it all. */
#include "node.h"
