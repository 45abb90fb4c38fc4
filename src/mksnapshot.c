// SPDX-License-Identifier: MIT
#include "isolates/js.h"
#include "src/bindings.h"
#include "src/builtin.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * mksnapshot FILE: run the built-in JavaScript and freeze the result, for
 * snapshot.c.  Part of the build; has the same natives as node.  What it made
 * lives as long as the process.
 */
static bool write_file(const char *path, const char *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool written = fwrite(data, 1, length, file) == length;
    return fclose(file) == 0 && written;
}

int main(int argc, char **argv)
{
    struct js_snapshot snapshot;

    if (argc != 2) {
        fputs("usage: mksnapshot FILE\n", stderr);
        return EXIT_FAILURE;
    }
    if (!js_snapshot_make(bindings, builtin_sources(), &snapshot))
        return EXIT_FAILURE;
    if (!write_file(argv[1], snapshot.data, snapshot.length)) {
        perror(argv[1]);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
