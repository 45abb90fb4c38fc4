// SPDX-License-Identifier: MIT
#include "sched/topology.h"

#include "sched/check.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The tightest quota so far: `quota` microseconds in every `period`. */
struct limit {
    unsigned long long quota;
    unsigned long long period; /* 0: none */
};

/* A line of mountinfo, as far as it matters. */
struct mount {
    char *root;  /* the group that is mounted */
    char *point; /* where */
    bool v2;
};

static _Thread_local int pinned = -1;

/* ---- text --------------------------------------------------------------- */

__attribute__((format(printf, 1, 2)))
static FILE *open_file(const char *format, ...)
{
    char *path;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&path, format, args);
    va_end(args);
    CHECK(n >= 0);
    FILE *file = fopen(path, "re");
    free(path);
    return file;
}

/* Is `word` one of a comma-separated list? */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = list; p != NULL; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, word, length) == 0
            && (p[length] == ',' || p[length] == '\0'))
            return true;
    }
    return false;
}

/* mountinfo writes blanks and backslashes as \ooo. */
static void unescape(char *text)
{
    char *to = text;
    for (char *p = text; *p != '\0'; to++) {
        unsigned code;
        if (*p == '\\' && sscanf(p + 1, "%3o", &code) == 1) {
            *to = (char)code;
            p += 4;
        } else {
            *to = *p++;
        }
    }
    *to = '\0';
}

/* ---- control groups ----------------------------------------------------- */

static void tighten(struct limit *limit, unsigned long long quota,
                    unsigned long long period)
{
    if (quota == 0 || period == 0)
        return;
    if (limit->period == 0
        || (double)quota / period < (double)limit->quota / limit->period)
        *limit = (struct limit){ quota, period };
}

/* "max 100000" or "150000 100000": what is unlimited does not scan. */
static void read_v2(struct limit *limit, const char *root, const char *point,
                    const char *group)
{
    FILE *file = open_file("%s%s%s/cpu.max", root, point, group);
    if (file == NULL)
        return;
    unsigned long long quota, period;
    if (fscanf(file, "%llu %llu", &quota, &period) == 2)
        tighten(limit, quota, period);
    fclose(file);
}

static long long read_number(const char *root, const char *point,
                             const char *group, const char *name)
{
    FILE *file = open_file("%s%s%s/%s", root, point, group, name);
    if (file == NULL)
        return -1;
    long long number;
    if (fscanf(file, "%lld", &number) != 1)
        number = -1;
    fclose(file);
    return number;
}

static void read_v1(struct limit *limit, const char *root, const char *point,
                    const char *group)
{
    long long quota = read_number(root, point, group, "cpu.cfs_quota_us");
    long long period = read_number(root, point, group, "cpu.cfs_period_us");
    if (quota > 0 && period > 0)
        tighten(limit, (unsigned long long)quota, (unsigned long long)period);
}

/* Our group in the hierarchy of version 2, or in that of version 1 which has
 * the cpu controller: "0::/group" or "3:cpu,cpuacct:/group".  The caller frees
 * it; NULL when there is none. */
static char *read_group(const char *root, bool v2)
{
    FILE *file = open_file("%s/proc/self/cgroup", root);
    if (file == NULL)
        return NULL;
    char *line = NULL, *group = NULL;
    size_t size = 0;
    while (group == NULL && getline(&line, &size, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *rest = line;
        strsep(&rest, ":");
        char *controllers = strsep(&rest, ":");
        if (rest == NULL)
            continue;
        if (v2 ? *controllers == '\0' : has_word(controllers, "cpu"))
            group = strdup(rest);
    }
    free(line);
    fclose(file);
    return group;
}

/* The part of `group` below the mounted one.  A path that leads out of what is
 * mounted (a foreign namespace) leaves only the mount point to look at. */
static char *below(char *group, const char *mounted)
{
    size_t length = strcmp(mounted, "/") == 0 ? 0 : strlen(mounted);
    bool inside = strncmp(group, mounted, length) == 0
                  && (group[length] == '/' || group[length] == '\0');
    if (!inside || strstr(group, "/..") != NULL
        || strcmp(group + length, "/") == 0)
        return group + strlen(group);
    return group + length;
}

static void read_mount(struct limit *limit, const char *root,
                       const struct mount *mount)
{
    char *whole = read_group(root, mount->v2);
    if (whole == NULL)
        return;
    char *group = below(whole, mount->root);
    for (;;) {
        if (mount->v2)
            read_v2(limit, root, mount->point, group);
        else
            read_v1(limit, root, mount->point, group);
        char *last = strrchr(group, '/');
        if (last == NULL)
            break;
        *last = '\0';
    }
    free(whole);
}

/* "36 35 98:0 <root> <point> rw,noatime shared:1 - <type> <source> <options>",
 * any number of fields before the dash.  False when it does not matter. */
static bool parse_mount(char *line, struct mount *mount)
{
    line[strcspn(line, "\n")] = '\0';
    char *tail = strstr(line, " - ");
    if (tail == NULL)
        return false;
    *tail = '\0';
    tail += 3;
    const char *type = strsep(&tail, " ");
    mount->v2 = strcmp(type, "cgroup2") == 0;
    if (!mount->v2) {
        strsep(&tail, " ");
        if (strcmp(type, "cgroup") != 0 || tail == NULL
            || !has_word(tail, "cpu"))
            return false;
    }
    for (int i = 0; i < 3; i++)
        strsep(&line, " ");
    mount->root = strsep(&line, " ");
    mount->point = strsep(&line, " ");
    if (mount->root == NULL || mount->point == NULL)
        return false;
    unescape(mount->root);
    unescape(mount->point);
    return true;
}

static struct limit read_limit(const char *root)
{
    struct limit limit = { 0 };
    FILE *file = open_file("%s/proc/self/mountinfo", root);
    if (file == NULL)
        return limit;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0) {
        struct mount mount;
        if (parse_mount(line, &mount))
            read_mount(&limit, root, &mount);
    }
    free(line);
    fclose(file);
    return limit;
}

/* ---- the affinity mask -------------------------------------------------- */

static void add(struct topology *topology, unsigned first, unsigned last)
{
    for (unsigned core = first;
         core <= last && topology->count < TOPOLOGY_CORES; core++)
        topology->core[topology->count++] = (unsigned short)core;
}

/* "0-3,8" */
static void parse_cores(struct topology *topology, const char *list)
{
    unsigned first, last;
    int length;
    while (sscanf(list, "%u%n", &first, &length) == 1) {
        list += length;
        last = first;
        if (sscanf(list, "-%u%n", &last, &length) == 1)
            list += length;
        add(topology, first, last);
        if (*list++ != ',')
            return;
    }
}

/* The mask of the main thread, which nobody pins. */
static void read_mask(struct topology *topology, const char *root)
{
    static const char key[] = "Cpus_allowed_list:";
    FILE *file = open_file("%s/proc/self/status", root);
    if (file == NULL)
        return;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0)
        if (strncmp(line, key, strlen(key)) == 0)
            parse_cores(topology, line + strlen(key));
    free(line);
    fclose(file);
}

/* Without /proc. */
static void ask_mask(struct topology *topology)
{
    cpu_set_t set;
    if (sched_getaffinity(getpid(), sizeof set, &set) == 0)
        for (unsigned core = 0; core < CPU_SETSIZE; core++)
            if (CPU_ISSET(core, &set))
                add(topology, core, core);
    if (topology->count == 0)
        add(topology, 0, 0);
}

void topology_read(struct topology *topology, const char *root)
{
    *topology = (struct topology){ 0 };
    read_mask(topology, root);
    if (topology->count == 0)
        ask_mask(topology);
    topology->cores = topology->count;
    struct limit limit = read_limit(root);
    if (limit.period == 0 || limit.quota / limit.period >= topology->count)
        return;
    topology->limited = true;
    topology->fractional = limit.quota % limit.period != 0;
    topology->cores = (unsigned)(limit.quota / limit.period);
    if (topology->cores == 0)
        topology->cores = 1;
}

unsigned topology_cores(void)
{
    struct topology topology;
    topology_read(&topology, "");
    return topology.cores;
}

/* ---- pinning ------------------------------------------------------------ */

int topology_pin(pthread_t thread, unsigned core)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (core >= CPU_SETSIZE)
        return -EINVAL;
    CPU_SET(core, &set);
    int err = pthread_setaffinity_np(thread, sizeof set, &set);
    if (err == 0 && pthread_equal(thread, pthread_self()))
        pinned = (int)core;
    return -err;
}

/* To the main thread's mask. */
int topology_unpin(void)
{
    int core = pinned;
    cpu_set_t set;
    if (core < 0 || sched_getaffinity(getpid(), sizeof set, &set) != 0)
        return -1;
    pthread_setaffinity_np(pthread_self(), sizeof set, &set);
    pinned = -1;
    return core;
}

void topology_repin(int core)
{
    if (core >= 0)
        topology_pin(pthread_self(), (unsigned)core);
}
