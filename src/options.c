// SPDX-License-Identifier: MIT
#include "src/options.h"

#include "isolates/js.h"
#include "src/cflags.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: node [options] program.js [arguments]\n";

static const char help[] =
    "\n"
    "Runs the program in program.js until it has nothing left to wait for.\n"
    "Without one and on a terminal, reads commands and runs them.\n"
    "\n"
    "  --cores N        run the program in N shards, 1 to 1024: threads with\n"
    "                   an event loop and a copy of the program each, which\n"
    "                   share the ports they listen on (default: 1)\n"
    "  --cores auto     one shard for each core this process may use\n"
    "  --pin            keep each shard on a core of its own, always (default:\n"
    "                   while it has work, if the shards are more than one and\n"
    "                   as many as the cores)\n"
    "  --no-pin         let the system place the shards\n"
    "  --cflags         print what C and C++ of extensions is compiled with:\n"
    "                   cc `node --cflags` -shared -o x.node x.c\n"
    "  --v8-options     list V8's flags; node takes them too, with a value\n"
    "                   after '=': --max-old-space-size=100\n"
    "  -v, --version    print the version\n"
    "  -h, --help       print this\n"
    "  --               end of the options\n"
    "\n"
    "Environment:\n"
    "  NODE_CORES            what --cores says, if --cores is not given\n"
    "  NODE_DNS_SERVERS      name servers to ask instead of the system's: ip or\n"
    "                        ip:port, separated by commas\n"
    "  NODE_LIBRARY_PATHS    directories, separated by ':', in which\n"
    "                        require(\"/x.js\") looks first\n"
    "\n"
    "Exit status: 0 at the end, 1 after an uncaught exception, 9 for a bad\n"
    "option, or what the program gives node.exit().\n";

/* Print one line and return the status for a bad command line. */
__attribute__((format(printf, 1, 2)))
static int complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("node: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return BAD_OPTION;
}

/* Returns -1, or the status of having complained. */
static int parse_cores(struct options *options, const char *source,
                       const char *text)
{
    if (strcmp(text, "auto") == 0) {
        options->cores = 0;
        return -1;
    }
    size_t digits = strspn(text, "0123456789");
    unsigned long n = strtoul(text, NULL, 10);
    if (digits == 0 || text[digits] != '\0' || n < 1 || n > MAX_CORES)
        return complain("%s takes a number from 1 to %d or auto, not '%s'",
                        source, MAX_CORES, text);
    options->cores = (unsigned)n;
    return -1;
}

static int print_version(void)
{
    puts(NODE_VERSION);
    return EXIT_SUCCESS;
}

static int print_help(void)
{
    fputs(usage, stdout);
    fputs(help, stdout);
    return EXIT_SUCCESS;
}

static int print_v8_options(void)
{
    js_flags_print();
    return EXIT_SUCCESS;
}

static bool is(const char *argument, const char *name)
{
    return strcmp(argument, name) == 0;
}

/* One option, which may take `next` for its value: then sets *took.  Returns -1
 * to go on, or the status to exit with. */
static int parse_option(struct options *options, const char *arg,
                        const char *next, bool *took)
{
    if (is(arg, "--cores")) {
        if (next == NULL)
            return complain("--cores needs a number or auto");
        *took = true;
        return parse_cores(options, arg, next);
    }
    if (strncmp(arg, "--cores=", 8) == 0)
        return parse_cores(options, "--cores", arg + 8);
    if (is(arg, "--version") || is(arg, "-v"))
        return print_version();
    if (is(arg, "--help") || is(arg, "-h"))
        return print_help();
    if (is(arg, "--cflags"))
        return cflags_print();
    if (is(arg, "--v8-options"))
        return print_v8_options();
    if (is(arg, "--pin"))
        options->pin = PIN_ALWAYS;
    else if (is(arg, "--no-pin"))
        options->pin = PIN_NEVER;
    else if (strncmp(arg, "--", 2) != 0 || !js_flag(arg))
        return complain("unknown option %s (try node --help)", arg);
    return -1;
}

int options_parse(struct options *options, char **argv)
{
    bool cores_given = false;

    *options = (struct options){ .cores = 1 };
    if (*argv != NULL)
        argv++;
    for (; *argv != NULL && **argv == '-' && !is(*argv, "-"); argv++) {
        if (is(*argv, "--")) {
            argv++;
            break;
        }
        cores_given |= strncmp(*argv, "--cores", 7) == 0;
        bool took = false;
        int status = parse_option(options, argv[0], argv[1], &took);
        if (status >= 0)
            return status;
        argv += took;
    }

    const char *cores = getenv("NODE_CORES");
    if (!cores_given && cores != NULL && *cores != '\0') {
        int status = parse_cores(options, "NODE_CORES", cores);
        if (status >= 0)
            return status;
    }
    if (*argv == NULL && isatty(STDIN_FILENO))
        return -1;
    if (*argv == NULL) {
        fputs("No script was specified.\n", stderr);
        fputs(usage, stdout);
        return EXIT_FAILURE;
    }
    options->program = *argv;
    options->arguments = argv + 1;
    return -1;
}
