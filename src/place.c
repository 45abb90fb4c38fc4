// SPDX-License-Identifier: MIT
#include "src/place.h"

#include <string.h>
#include <uv.h>

int place_of_node(char *path, size_t size)
{
    static const char installed[] = "/lib/node";
    size_t length = sizeof installed - 1;
    int err = uv_exepath(path, &size);

    if (err != 0)
        return err;
    char *name = strrchr(path, '/');
    if (name == NULL || (size_t)(name - path) < length)
        return 0;
    char *directory = name - length;
    if (memcmp(directory, installed, length) == 0) {
        memcpy(directory, "/bin", 4);
        memmove(directory + 4, name, strlen(name) + 1);
    }
    return 0;
}
