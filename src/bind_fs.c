// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "sched/work.h"
#include "src/bindings.h"
#include "src/encoding.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * native.fs: system calls on files, made on a thread of the pool.
 *
 * A native takes a number and the call's arguments, checked by src/lib/fs.js,
 * and starts a job.  When that is done, one of
 *
 *     internal.fileDone(number, values...)
 *     internal.fileFailed(number, error)
 *
 * is called.  A job holds nothing of the isolate: it may outlive it.
 */
struct job {
    struct work work;
    const struct call *call;
    double number;
    enum encoding encoding;
    int fd;
    int flags;
    mode_t mode;
    off_t position;   /* -1: the descriptor's own */
    char *path;       /* owned, or NULL */
    char *other_path; /* owned, or NULL */
    char *data;       /* owned: to write, or what was read; or names */
    size_t length;
    size_t count; /* of names in `data`, each with its NUL */
    int64_t result; /* of the call, or a negative errno */
    bool unopened; /* it is open() that failed */
    struct stat stat;
};

struct call {
    const char *name;
    int64_t (*run)(struct job *job); /* on a thread of the pool */
    /* The values of success; returns how many. */
    int (*values)(struct js *js, struct job *job, js_value *values);
};

enum {
    VALUES = 2,           /* most values */
    LONGEST = (1 << 29) - 24, /* string of V8's, and what we read at once */
    FIRST_PIECE = 1 << 16
};

/* ---- What runs on the pool's threads ------------------------------------- */

/* Of a call that is made again when a signal interrupts it. */
static int64_t result_of(long returned)
{
    return returned < 0 ? -errno : returned;
}

#define RESULT(call) result_of(TEMP_FAILURE_RETRY(call))

static int64_t run_rename(struct job *job)
{
    return RESULT(rename(job->path, job->other_path));
}

static int64_t run_stat(struct job *job)
{
    return RESULT(stat(job->path, &job->stat));
}

static int64_t run_unlink(struct job *job)
{
    return RESULT(unlink(job->path));
}

static int64_t run_rmdir(struct job *job)
{
    return RESULT(rmdir(job->path));
}

static int64_t run_mkdir(struct job *job)
{
    return RESULT(mkdir(job->path, job->mode));
}

static void add_name(struct job *job, size_t *capacity, const char *name)
{
    size_t size = strlen(name) + 1;
    if (job->length + size > *capacity) {
        *capacity = 2 * *capacity + size;
        job->data = xrealloc(job->data, *capacity);
    }
    memcpy(job->data + job->length, name, size);
    job->length += size;
    job->count++;
}

static int64_t run_readdir(struct job *job)
{
    size_t capacity = 0;
    DIR *directory = opendir(job->path);
    if (directory == NULL)
        return -errno;
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL)
        if (strcmp(entry->d_name, ".") != 0
            && strcmp(entry->d_name, "..") != 0)
            add_name(job, &capacity, entry->d_name);
    int err = -errno;
    closedir(directory);
    return err;
}

/* Children get none of our descriptors. */
static int64_t open_file(struct job *job)
{
    int64_t fd = RESULT(open(job->path, job->flags | O_CLOEXEC, job->mode));
    job->unopened = fd < 0;
    return fd;
}

static int64_t run_open(struct job *job)
{
    return open_file(job);
}

/* Not again: on Linux the descriptor is free by then. */
static int64_t run_close(struct job *job)
{
    return close(job->fd) == 0 || errno == EINTR ? 0 : -errno;
}

static int64_t run_write(struct job *job)
{
    if (job->position < 0)
        return RESULT(write(job->fd, job->data, job->length));
    return RESULT(pwrite(job->fd, job->data, job->length, job->position));
}

static int64_t run_read(struct job *job)
{
    job->data = malloc(job->length + 1);
    if (job->data == NULL)
        return -ENOMEM;
    int64_t n = job->position < 0
        ? RESULT(read(job->fd, job->data, job->length))
        : RESULT(pread(job->fd, job->data, job->length, job->position));
    job->length = n > 0 ? (size_t)n : 0;
    return n;
}

/* Room for what stat() says and one byte more, which finds the end; or for a
 * first piece of what has no size.  A negative errno when it is too large. */
static int64_t guess_size(int fd)
{
    struct stat s;
    if (fstat(fd, &s) != 0)
        return -errno;
    if (!S_ISREG(s.st_mode) || s.st_size == 0)
        return FIRST_PIECE;
    return s.st_size > LONGEST ? -EFBIG : s.st_size + 1;
}

/* A file that has positions is read at them, a pipe or terminal as it comes.
 * It may grow or shrink meanwhile. */
static int64_t read_piece(int fd, char *to, size_t size, size_t position)
{
    int64_t n = RESULT(pread(fd, to, size, (off_t)position));
    return n == -ESPIPE ? RESULT(read(fd, to, size)) : n;
}

static int64_t read_whole(struct job *job, int fd)
{
    int64_t n = guess_size(fd);
    size_t capacity = n < 0 ? 0 : (size_t)n;
    while (n > 0) {
        if (job->length > LONGEST)
            return -EFBIG;
        if (job->length == capacity)
            capacity *= 2;
        char *data = realloc(job->data, capacity);
        if (data == NULL)
            return -ENOMEM;
        job->data = data;
        n = read_piece(fd, data + job->length, capacity - job->length,
                       job->length);
        job->length += n > 0 ? (size_t)n : 0;
    }
    return n;
}

static int64_t run_cat(struct job *job)
{
    int64_t fd = open_file(job);
    if (fd < 0)
        return fd;
    int64_t err = read_whole(job, (int)fd);
    close((int)fd);
    return err;
}

static int64_t write_whole(struct job *job, int fd)
{
    size_t written = 0;
    while (written < job->length) {
        int64_t n = RESULT(write(fd, job->data + written,
                                job->length - written));
        if (n <= 0)
            return n < 0 ? n : -EIO;
        written += (size_t)n;
    }
    return 0;
}

/* close() may be the one that tells that the disk is full. */
static int64_t run_write_file(struct job *job)
{
    int64_t fd = open_file(job);
    if (fd < 0)
        return fd;
    int64_t err = write_whole(job, (int)fd);
    job->fd = (int)fd;
    int64_t close_err = run_close(job);
    return err != 0 ? err : close_err;
}

/* ---- The values of success ----------------------------------------------- */

static int no_value(struct js *js, struct job *job, js_value *values)
{
    (void)js;
    (void)job;
    (void)values;
    return 0;
}

static int result_value(struct js *js, struct job *job, js_value *values)
{
    values[0] = js_number(js, (double)job->result);
    return 1;
}

static double milliseconds(struct timespec t)
{
    return (double)t.tv_sec * 1000 + (double)(t.tv_nsec / 1000000);
}

/* In the order of statsOf() in src/lib/fs.js. */
static int stat_values(struct js *js, struct job *job, js_value *values)
{
    const struct stat *s = &job->stat;
    const double numbers[] = {
        (double)s->st_dev,     (double)s->st_ino,  (double)s->st_mode,
        (double)s->st_nlink,   (double)s->st_uid,  (double)s->st_gid,
        (double)s->st_rdev,    (double)s->st_size, (double)s->st_blksize,
        (double)s->st_blocks,  milliseconds(s->st_atim),
        milliseconds(s->st_mtim), milliseconds(s->st_ctim),
    };
    enum { COUNT = sizeof numbers / sizeof *numbers };
    js_value list[COUNT];

    for (int i = 0; i < COUNT; i++)
        list[i] = js_number(js, numbers[i]);
    values[0] = js_array(js, list, COUNT);
    return 1;
}

static int name_values(struct js *js, struct job *job, js_value *values)
{
    js_value *names = xcalloc(job->count + 1, sizeof *names);
    const char *name = job->data;

    for (size_t i = 0; i < job->count; i++) {
        size_t length = strlen(name);
        names[i] = js_string(js, name, length);
        name += length + 1;
    }
    values[0] = js_array(js, names, job->count);
    free(names);
    return 1;
}

static js_value text_of(struct js *js, struct job *job)
{
    struct decoder decoder = { 0 };

    return encoding_decode(js, job->encoding, &decoder, job->data,
                           job->length, true);
}

/* The end of the file is null. */
static int read_values(struct js *js, struct job *job, js_value *values)
{
    values[0] = job->length == 0 ? js_null(js) : text_of(js, job);
    values[1] = js_number(js, (double)job->length);
    return 2;
}

static int text_value(struct js *js, struct job *job, js_value *values)
{
    values[0] = text_of(js, job);
    return 1;
}

/* ---- A job --------------------------------------------------------------- */

static void job_free(struct job *job)
{
    free(job->path);
    free(job->other_path);
    free(job->data);
    free(job);
}

static void on_run(struct work *work)
{
    struct job *job = CONTAINER_OF(work, struct job, work);

    job->result = job->call->run(job);
}

static void set_text(struct js *js, js_value object, const char *name,
                     const char *text)
{
    js_set(js, object, name, js_string(js, text, strlen(text)));
}

static const char *text_of_errno(int number)
{
    const char *text = strerrordesc_np(number);

    return text != NULL ? text : "Unknown error";
}

/* "Could not open <path>" of what is read or written as a whole, else what the
 * system says. */
static void set_message(struct js *js, js_value error, const struct job *job)
{
    char *message = NULL;

    if (job->unopened && job->call->run != run_open
        && asprintf(&message, "Could not open %s", job->path) > 0)
        set_text(js, error, "message", message);
    else
        set_text(js, error, "message", text_of_errno((int)-job->result));
    free(message);
}

/* An Error whose stack begins with the call, its paths and the reason. */
static js_value error_of(struct js *js, const struct job *job)
{
    const char *path = job->path != NULL ? job->path : "";
    const char *other = job->other_path != NULL ? job->other_path : "";
    char *what = NULL;

    CHECK(asprintf(&what, "%s%s%s%s%s", job->call->name, *path ? " " : "",
                   path, *other ? " " : "", other) > 0);
    js_value error = js_error_errno(js, (int)job->result, what);
    free(what);
    set_message(js, error, job);
    set_text(js, error, "syscall", job->call->name);
    if (job->path != NULL)
        set_text(js, error, "path", path);
    if (job->other_path != NULL)
        set_text(js, error, "path2", other);
    return error;
}

/* The job is gone before JavaScript runs, which may wait or never return. */
static void deliver(struct program *p, struct job *job)
{
    js_value argv[1 + VALUES] = { js_number(p->js, job->number) };
    int argc = 2;
    bool failed = job->result < 0;

    if (failed)
        argv[1] = error_of(p->js, job);
    else
        argc = 1 + job->call->values(p->js, job, argv + 1);
    job_free(job);
    program_call(p, failed ? "fileFailed" : "fileDone", argc, argv);
}

static void on_done(struct work *work, struct shard *here)
{
    struct job *job = CONTAINER_OF(work, struct job, work);
    struct program *p = here->program;
    struct js_scope scope;

    if (p->failed || p->exited) {
        job_free(job);
        return;
    }
    js_scope_open(p->js, &scope);
    deliver(p, job);
    js_scope_close(&scope);
}

static void on_discard(struct work *work)
{
    struct job *job = CONTAINER_OF(work, struct job, work);

    if (job->call->run == run_open && job->result > 0)
        close((int)job->result);
    job_free(job);
}

static struct job *job_new(const struct js_args *args, const struct call *call)
{
    struct job *job = xcalloc(1, sizeof *job);

    job->call = call;
    job->number = js_to_number(js_arg(args, 0));
    job->work.run = on_run;
    job->work.done = on_done;
    job->work.discard = on_discard;
    return job;
}

static js_value job_start(struct js *js, struct job *job)
{
    work_start(&job->work, program_of(js)->shard);
    return js_undefined(js);
}

/* ---- The natives --------------------------------------------------------- */

/* A call whose first arguments are the number and a path. */
static struct job *path_job(struct js *js, const struct js_args *args,
                            const struct call *call)
{
    struct job *job = job_new(args, call);

    job->path = js_copy_utf8(js, js_arg(args, 1), NULL);
    return job;
}

/* rename(number, path1, path2) */
static js_value bind_rename(struct js *js, const struct js_args *args)
{
    static const struct call call = { "rename", run_rename, no_value };
    struct job *job = path_job(js, args, &call);

    job->other_path = js_copy_utf8(js, js_arg(args, 2), NULL);
    return job_start(js, job);
}

/* stat(number, path): the value is an array of numbers. */
static js_value bind_stat(struct js *js, const struct js_args *args)
{
    static const struct call call = { "stat", run_stat, stat_values };

    return job_start(js, path_job(js, args, &call));
}

/* unlink(number, path) */
static js_value bind_unlink(struct js *js, const struct js_args *args)
{
    static const struct call call = { "unlink", run_unlink, no_value };

    return job_start(js, path_job(js, args, &call));
}

/* rmdir(number, path) */
static js_value bind_rmdir(struct js *js, const struct js_args *args)
{
    static const struct call call = { "rmdir", run_rmdir, no_value };

    return job_start(js, path_job(js, args, &call));
}

/* mkdir(number, path, mode) */
static js_value bind_mkdir(struct js *js, const struct js_args *args)
{
    static const struct call call = { "mkdir", run_mkdir, no_value };
    struct job *job = path_job(js, args, &call);

    job->mode = (mode_t)js_to_integer(js_arg(args, 2));
    return job_start(js, job);
}

/* readdir(number, path) */
static js_value bind_readdir(struct js *js, const struct js_args *args)
{
    static const struct call call = { "readdir", run_readdir, name_values };

    return job_start(js, path_job(js, args, &call));
}

/* open(number, path, flags, mode) */
static js_value bind_open(struct js *js, const struct js_args *args)
{
    static const struct call call = { "open", run_open, result_value };
    struct job *job = path_job(js, args, &call);

    job->flags = js_to_integer(js_arg(args, 2));
    job->mode = (mode_t)js_to_integer(js_arg(args, 3));
    return job_start(js, job);
}

/* close(number, fd) */
static js_value bind_close(struct js *js, const struct js_args *args)
{
    static const struct call call = { "close", run_close, no_value };
    struct job *job = job_new(args, &call);

    job->fd = js_to_integer(js_arg(args, 1));
    return job_start(js, job);
}

/* A copy: the program may change its bytes meanwhile. */
static void take_data(struct js *js, struct job *job, js_value data)
{
    char *bytes;

    if (js_is_string(data)) {
        job->length = encoding_size(js, job->encoding, data);
        job->data = xmalloc(job->length + 1);
        encoding_encode(js, job->encoding, data, job->data, job->length);
    } else if (js_bytes(data, &bytes, &job->length)) {
        job->data = xmalloc(job->length + 1);
        memcpy(job->data, bytes, job->length);
    }
}

/* write(number, fd, data, position, encoding): a string or bytes. */
static js_value bind_write(struct js *js, const struct js_args *args)
{
    static const struct call call = { "write", run_write, result_value };
    struct job *job = job_new(args, &call);

    job->fd = js_to_integer(js_arg(args, 1));
    job->position = (off_t)js_to_number(js_arg(args, 3));
    job->encoding = (enum encoding)js_to_integer(js_arg(args, 4));
    take_data(js, job, js_arg(args, 2));
    return job_start(js, job);
}

/* read(number, fd, length, position, encoding): it may always give less. */
static js_value bind_read(struct js *js, const struct js_args *args)
{
    static const struct call call = { "read", run_read, read_values };
    struct job *job = job_new(args, &call);
    double length = js_to_number(js_arg(args, 2));

    job->fd = js_to_integer(js_arg(args, 1));
    job->length = length < LONGEST ? (size_t)length : LONGEST;
    job->position = (off_t)js_to_number(js_arg(args, 3));
    job->encoding = (enum encoding)js_to_integer(js_arg(args, 4));
    return job_start(js, job);
}

/* cat(number, path, encoding) */
static js_value bind_cat(struct js *js, const struct js_args *args)
{
    static const struct call call = { "cat", run_cat, text_value };
    struct job *job = path_job(js, args, &call);

    job->flags = O_RDONLY;
    job->encoding = (enum encoding)js_to_integer(js_arg(args, 2));
    return job_start(js, job);
}

/* writeFile(number, path, data, encoding): create or truncate, write all. */
static js_value bind_write_file(struct js *js, const struct js_args *args)
{
    static const struct call call = { "write", run_write_file, no_value };
    struct job *job = path_job(js, args, &call);

    job->flags = O_WRONLY | O_CREAT | O_TRUNC;
    job->mode = 0666;
    job->encoding = (enum encoding)js_to_integer(js_arg(args, 3));
    take_data(js, job, js_arg(args, 2));
    return job_start(js, job);
}

const struct js_function fs_table[] = {
    { "rename", bind_rename },
    { "stat", bind_stat },
    { "unlink", bind_unlink },
    { "rmdir", bind_rmdir },
    { "mkdir", bind_mkdir },
    { "readdir", bind_readdir },
    { "open", bind_open },
    { "close", bind_close },
    { "write", bind_write },
    { "read", bind_read },
    { "cat", bind_cat },
    { "writeFile", bind_write_file },
    { NULL, NULL },
};
