// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * native.module: files in, functions out.  Reading blocks the shard: loading a
 * module does, by its nature.
 */

/* The names a module sees without declaring them; src/lib/modules.js calls it
 * with as many arguments. */
static const char *const parameters[] = {
    "require", "include", "require_async", "include_async",
    "exports", "__filename",
};

enum {
    PARAMETERS = sizeof parameters / sizeof *parameters
};

/* Read to the end: what stat() says of the size is only a first guess. */
static int read_all(int fd, char **data, size_t *length)
{
    struct stat s;
    size_t capacity = 4096;

    if (fstat(fd, &s) == 0 && s.st_size > 0)
        capacity = (size_t)s.st_size + 1;
    *data = xmalloc(capacity);
    *length = 0;
    for (;;) {
        if (*length == capacity)
            *data = xrealloc(*data, capacity *= 2);
        ssize_t n = read(fd, *data + *length, capacity - *length);
        if (n == 0)
            return 0;
        if (n < 0 && errno != EINTR) {
            int err = -errno;
            free(*data);
            *data = NULL;
            return err;
        }
        *length += n > 0 ? (size_t)n : 0;
    }
}

static int read_file(const char *path, char **data, size_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int err = read_all(fd, data, length);
    close(fd);
    return err;
}

/* read(path) returns the text. */
static js_value bind_read(struct js *js, const struct js_args *args)
{
    char *path = js_copy_utf8(js, js_arg(args, 0), NULL);
    char *data = NULL;
    size_t length = 0;

    if (path == NULL)
        return JS_NONE;
    int err = read_file(path, &data, &length);
    js_value text = err == 0
                        ? js_string(js, data, length)
                        : js_throw_errno(js, err, "Error reading %s", path);
    free(data);
    free(path);
    return text;
}

/* isFile(path): something is there that is not a directory. */
static js_value bind_is_file(struct js *js, const struct js_args *args)
{
    char *path = js_copy_utf8(js, js_arg(args, 0), NULL);
    struct stat s;

    if (path == NULL)
        return JS_NONE;
    bool is = stat(path, &s) == 0 && !S_ISDIR(s.st_mode);
    free(path);
    return js_boolean(js, is);
}

/* compile(source, filename) returns the module as a function. */
static js_value bind_compile(struct js *js, const struct js_args *args)
{
    char *filename = js_copy_utf8(js, js_arg(args, 1), NULL);

    if (filename == NULL)
        return JS_NONE;
    js_value function = js_compile_function(js, js_arg(args, 0), filename,
                                            PARAMETERS, parameters);
    free(filename);
    return function;
}

/* run(source, filename): in the global scope; returns the completion value. */
static js_value bind_run(struct js *js, const struct js_args *args)
{
    char *filename = js_copy_utf8(js, js_arg(args, 1), NULL);

    if (filename == NULL)
        return JS_NONE;
    js_value value = js_run_script(js, js_arg(args, 0), filename);
    free(filename);
    return value;
}

const struct js_function module_table[] = {
    { "read", bind_read },
    { "isFile", bind_is_file },
    { "compile", bind_compile },
    { "run", bind_run },
    { NULL, NULL },
};
