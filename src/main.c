// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "sched/crew.h"
#include "sched/topology.h"
#include "sched/work.h"
#include "src/bindings.h"
#include "src/builtin.h"
#include "src/commons.h"
#include "src/options.h"
#include "src/output.h"
#include "src/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What we open must never become a stdin, stdout or stderr that was closed. */
static void open_standard_files(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

/* Children get three files, and nothing of what we got by chance. */
static void keep_inherited_files(void)
{
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

/* Before anything is started: is there a script at all? */
static int check_script(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int err = fd < 0 ? errno : 0;
    struct stat s;

    if (fd >= 0 && fstat(fd, &s) == 0 && S_ISDIR(s.st_mode))
        err = EISDIR;
    if (fd >= 0)
        close(fd);
    if (err != 0)
        fprintf(stderr, "node: cannot read %s: %s\n", path, strerror(err));
    return err;
}

/* Does each shard get a core of its own?  Only where cores are ours alone. */
static bool plan_pin(const struct options *options, unsigned shards,
                     const struct topology *machine)
{
    if (options->pin == PIN_DEFAULT)
        return shards > 1 && shards == machine->cores && !machine->limited;
    if (options->pin == PIN_ALWAYS && machine->fractional)
        fputs("node: not pinned: the CPU quota is no whole number of cores\n",
              stderr);
    return options->pin == PIN_ALWAYS && !machine->fractional;
}

static struct crew_options plan(const struct options *options,
                                const struct topology *machine)
{
    struct crew_options crew = { .count = options->cores };

    if (crew.count == 0)
        crew.count = machine->cores;
    if (crew.count > machine->cores)
        fprintf(stderr, "node: %u shards share %u core%s\n", crew.count,
                machine->cores, machine->cores == 1 ? "" : "s");
    crew.pin = plan_pin(options, crew.count, machine);
    crew.roam = options->pin == PIN_DEFAULT;
    crew.spin = crew.count <= machine->cores && !machine->limited;
    return crew;
}

static void start_engine(unsigned shards)
{
    const char *how = getenv("NODE_SNAPSHOT");
    bool from_sources = how != NULL && strcmp(how, "0") == 0;
    struct js_snapshot none = { NULL, 0 };

    js_start(shards < 16 ? 1 : shards / 8, bindings,
             from_sources ? none : builtin_snapshot(),
             from_sources ? builtin_sources() : NULL);
}

static int cannot_start(int err)
{
    fprintf(stderr, "node: cannot start: %s\n", strerror(-err));
    return EXIT_FAILURE;
}

/* Returns the status of the process. */
static int run(const struct options *options)
{
    static struct topology machine;

    topology_read(&machine, "");
    int err = work_pool_start(machine.cores);
    if (err != 0)
        return cannot_start(err);
    struct crew_options crew = plan(options, &machine);
    struct programs programs;
    struct crew_program class = program_class;
    bool joined = true;

    programs_open(&programs, options, crew.count);
    class.arg = &programs;
    start_engine(crew.count);
    output_open(crew.count);
    int status = crew_run(&crew, &class, &joined);
    output_close();
    if (status < 0)
        status = cannot_start(status);
    if (!joined)
        _exit(status); /* V8 cannot be stopped beside a shard that runs */
    commons_close();
    js_stop();
    programs_close(&programs);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;

    (void)argc;
    open_standard_files();
    keep_inherited_files();
    signal(SIGPIPE, SIG_IGN);
    int status = options_parse(&options, argv);
    if (status >= 0)
        return status;
    if (options.program != NULL && check_script(options.program) != 0)
        return EXIT_FAILURE;
    return run(&options);
}
