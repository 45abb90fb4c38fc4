// SPDX-License-Identifier: MIT

/* Not a test: what an isolate costs to open, with the snapshot of a library of
 * some 90 KB and without one, in milliseconds and kilobytes. */

#include "isolates/js.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FUNCTIONS = 400, OPENS = 30, KEPT = 8 };

static const struct js_function table[] = { { NULL, NULL } };
static const struct js_module modules[] = { { "none", table }, { NULL, NULL } };

static char text[128 << 10];
static struct js_source sources[] = { { "library", text, 0 },
                                      { NULL, NULL, 0 } };

static struct {
    size_t length;
    char data[16 << 20];
} *shared;

static void write_library(void)
{
    size_t used = 0;
    for (int i = 0; i < FUNCTIONS; i++)
        used += (size_t)snprintf(
            text + used, sizeof text - used,
            "function part%d(a, b) {\n"
            "    const list = [];\n"
            "    for (let i = 0; i < a.length; i++) {\n"
            "        if (a[i] === b) list.push({ at: i, what: a[i] });\n"
            "        else list.push(a.slice(i, i + %d));\n"
            "    }\n"
            "    return list.map(x => x.at === undefined ? x : x.at);\n"
            "}\n"
            "internal.part%d = part%d;\n", i, i, i, i);
    sources[0].length = used;
}

static void uncaught(struct js *js, const char *report, size_t length)
{
    (void)js;
    fwrite(report, 1, length, stderr);
}

static void wake(struct js *js)
{
    (void)js;
}

static struct js *open_one(void)
{
    struct js_host host = { uncaught, wake, NULL };
    struct js *js;
    if (js_open(&js, &host) != 0)
        exit(1);
    return js;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static long resident(void)
{
    long size = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &size, &pages) != 2)
        exit(1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static void measure(const char *name, struct js_snapshot snapshot)
{
    double begin = now(), best = 1e9;
    js_start(1, modules, snapshot, sources);
    double started = now() - begin;
    begin = now();
    js_close(open_one());
    double first = now() - begin;
    for (int i = 0; i < OPENS; i++) {
        begin = now();
        struct js *js = open_one();
        double took = now() - begin;
        best = took < best ? took : best;
        js_close(js);
    }
    struct js *kept[KEPT];
    long before = resident();
    for (int i = 0; i < KEPT; i++)
        kept[i] = open_one();
    long each = (resident() - before) / KEPT;
    for (int i = KEPT; i-- > 0;)
        js_close(kept[i]);
    printf("%-18s engine %5.2f ms, first open and close %5.2f ms, "
           "open %5.2f ms, %ld KB each\n", name, started, first, best, each);
    js_stop();
}

static void in_child(void (*run)(void))
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        run();
        exit(0);
    }
    waitpid(pid, NULL, 0);
}

static void make(void)
{
    struct js_snapshot made;
    if (!js_snapshot_make(modules, sources, &made))
        exit(1);
    memcpy(shared->data, made.data, made.length);
    shared->length = made.length;
}

static void with_snapshot(void)
{
    measure("with a snapshot",
            (struct js_snapshot){ shared->data, shared->length });
}

static void without_snapshot(void)
{
    measure("without", (struct js_snapshot){ NULL, 0 });
}

int main(void)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    write_library();
    in_child(make);
    printf("library of %zu KB, snapshot of %zu KB\n", sources[0].length / 1024,
           shared->length / 1024);
    for (int i = 0; i < 3; i++) {
        in_child(with_snapshot);
        in_child(without_snapshot);
    }
    return 0;
}
