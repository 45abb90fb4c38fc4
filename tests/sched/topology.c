// SPDX-License-Identifier: MIT
#include "sched/topology.h"

#include "sched/check.h"
#include "tests/test.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A root directory with a /proc and a /sys of our own. */
static char root[64];

static void make_parents(char *path)
{
    for (char *p = path + strlen(root) + 1; *p != '\0'; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(path, 0755);
            *p = '/';
        }
}

static void put(const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s%s", root, name);
    make_parents(path);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    fputs(text, file);
    fclose(file);
}

static void plant(const char *mask, const char *group, const char *mountinfo)
{
    strcpy(root, "/tmp/topology-XXXXXX");
    CHECK(mkdtemp(root) != NULL);
    char status[256];
    snprintf(status, sizeof status,
             "Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t%s\n"
             "Mems_allowed_list:\t0\n", mask);
    put("/proc/self/status", status);
    if (group != NULL)
        put("/proc/self/cgroup", group);
    if (mountinfo != NULL)
        put("/proc/self/mountinfo", mountinfo);
}

/* Read it and cut the tree down. */
static struct topology look(void)
{
    struct topology topology;
    topology_read(&topology, root);
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", root);
    CHECK_EQ(system(command), 0);
    return topology;
}

#define V2 "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 " \
           "rw,nsdelegate\n"
#define V1 "25 23 0:22 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 master:2 - " \
           "cgroup cgroup rw,cpu,cpuacct\n"                                \
           "26 23 0:23 / /sys/fs/cgroup/cpuset rw shared:9 - "             \
           "cgroup cgroup rw,cpuset\n"
#define ROOT_FS "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"

TEST(without_control_groups_the_mask_counts)
{
    plant("0-3,8,10-11", NULL, NULL);
    struct topology t = look();
    static const unsigned cores[] = { 0, 1, 2, 3, 8, 10, 11 };
    CHECK_EQ(t.cores, 7);
    CHECK_EQ(t.count, 7);
    for (unsigned i = 0; i < 7; i++)
        CHECK_EQ(t.core[i], cores[i]);
    CHECK_TRUE(!t.limited && !t.fractional);

    plant("5", "0::/\n", ROOT_FS);
    t = look();
    CHECK_EQ(t.cores, 1);
    CHECK_EQ(t.core[0], 5);
}

TEST(nothing_readable_is_at_least_one_core)
{
    strcpy(root, "/nonexistent");
    struct topology t;
    topology_read(&t, root);
    CHECK_TRUE(t.cores >= 1);
    CHECK_EQ(t.cores, t.count);

    plant("", NULL, "a b - \n - cgroup2\n36 - cgroup2 x x\n");
    t = look();
    CHECK_TRUE(t.cores >= 1);
}

TEST(a_quota_of_version_2_limits)
{
    plant("0-7", "0::/app\n", ROOT_FS V2);
    put("/sys/fs/cgroup/app/cpu.max", "300000 100000\n");
    struct topology t = look();
    CHECK_EQ(t.cores, 3);
    CHECK_EQ(t.count, 8);
    CHECK_TRUE(t.limited && !t.fractional);
}

TEST(no_quota_does_not_limit)
{
    plant("0-7", "0::/app\n", V2);
    put("/sys/fs/cgroup/app/cpu.max", "max 100000\n");
    CHECK_EQ(look().cores, 8);
    plant("0-7", "4:cpu,cpuacct:/app\n", V1);
    put("/sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us", "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_period_us", "100000\n");
    CHECK_EQ(look().cores, 8);
}

TEST(a_quota_above_the_mask_does_not_limit)
{
    plant("0-1", "0::/app\n", V2);
    put("/sys/fs/cgroup/app/cpu.max", "250000 100000\n");
    struct topology t = look();
    CHECK_EQ(t.cores, 2);
    CHECK_TRUE(!t.limited && !t.fractional);
}

TEST(a_fractional_quota_is_rounded_down_but_not_to_nothing)
{
    plant("0-7", "0::/app\n", V2);
    put("/sys/fs/cgroup/app/cpu.max", "150000 100000\n");
    struct topology t = look();
    CHECK_EQ(t.cores, 1);
    CHECK_TRUE(t.limited && t.fractional);
    plant("0-7", "0::/app\n", V2);
    put("/sys/fs/cgroup/app/cpu.max", "20000 100000\n");
    t = look();
    CHECK_EQ(t.cores, 1);
    CHECK_TRUE(t.fractional);
}

TEST(the_tightest_group_on_the_path_counts)
{
    plant("0-7", "0::/slice/pod/app\n", V2);
    put("/sys/fs/cgroup/slice/cpu.max", "400000 100000\n");
    put("/sys/fs/cgroup/slice/pod/cpu.max", "100000 50000\n");
    put("/sys/fs/cgroup/slice/pod/app/cpu.max", "600000 100000\n");
    CHECK_EQ(look().cores, 2);
    /* A group of its own, without the controller. */
    plant("0-7", "0::/slice/pod/app\n", V2);
    put("/sys/fs/cgroup/slice/cpu.max", "500000 100000\n");
    CHECK_EQ(look().cores, 5);
    plant("0-7", "0::/slice\n", V2);
    put("/sys/fs/cgroup/cpu.max", "200000 100000\n");
    CHECK_EQ(look().cores, 2);
    /* A sibling's does not. */
    plant("0-7", "0::/slice\n", V2);
    put("/sys/fs/cgroup/other/cpu.max", "200000 100000\n");
    CHECK_EQ(look().cores, 8);
}

TEST(a_quota_of_version_1_limits)
{
    plant("0-7", "5:cpuset:/set\n4:cpu,cpuacct:/a/b\n1:name=systemd:/x\n", V1);
    put("/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "350000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us", "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us", "100000\n");
    /* Not ours. */
    put("/sys/fs/cgroup/cpuset/set/cpu.cfs_quota_us", "100000\n");
    put("/sys/fs/cgroup/cpuset/set/cpu.cfs_period_us", "100000\n");
    struct topology t = look();
    CHECK_EQ(t.cores, 3);
    CHECK_TRUE(t.fractional);
}

TEST(both_versions_at_once_are_both_read)
{
    plant("0-7", "4:cpu,cpuacct:/old\n0::/new\n",
          V1 "31 23 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
    put("/sys/fs/cgroup/cpu,cpuacct/old/cpu.cfs_quota_us", "500000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/old/cpu.cfs_period_us", "100000\n");
    put("/sys/fs/cgroup/unified/new/cgroup.procs", "1\n");
    CHECK_EQ(look().cores, 5);
}

/* A container's /proc/self/cgroup may name the group as the host sees it. */
TEST(a_group_is_looked_up_below_what_is_mounted)
{
    plant("0-7", "4:cpu:/docker/abc/sub\n",
          "40 39 0:22 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup "
          "rw,cpu\n");
    put("/sys/fs/cgroup/cpu/sub/cpu.cfs_quota_us", "200000\n");
    put("/sys/fs/cgroup/cpu/sub/cpu.cfs_period_us", "100000\n");
    CHECK_EQ(look().cores, 2);

    plant("0-7", "4:cpu:/docker/abcdef\n",
          "40 39 0:22 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup "
          "rw,cpu\n");
    put("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "300000\n");
    put("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    CHECK_EQ(look().cores, 3);

    plant("0-7", "0::/../other\n", V2);
    put("/sys/fs/other/cpu.max", "100000 100000\n");
    put("/sys/fs/cgroup/cpu.max", "400000 100000\n");
    CHECK_EQ(look().cores, 4);
}

TEST(names_may_hold_blanks_and_colons)
{
    plant("0-7", "0::/a:b c\n",
          "30 23 0:26 / /sys/fs/c\\040group rw - cgroup2 cgroup2 rw\n");
    put("/sys/fs/c group/a:b c/cpu.max", "200000 100000\n");
    CHECK_EQ(look().cores, 2);
}

/* ---- this machine ------------------------------------------------------- */

static void *pin_and_lift(void *arg)
{
    const struct topology *t = arg;
    cpu_set_t set;
    CHECK_EQ(topology_unpin(), -1);
    CHECK_EQ(topology_pin(pthread_self(), t->core[t->count - 1]), 0);
    CHECK_EQ(sched_getcpu(), t->core[t->count - 1]);
    int core = topology_unpin();
    CHECK_EQ(core, t->core[t->count - 1]);
    CHECK_EQ(sched_getaffinity(0, sizeof set, &set), 0);
    CHECK_EQ(CPU_COUNT(&set), t->count);
    topology_repin(core);
    CHECK_EQ(sched_getaffinity(0, sizeof set, &set), 0);
    CHECK_EQ(CPU_COUNT(&set), 1);
    return NULL;
}

TEST(a_thread_can_be_pinned_and_lifted)
{
    struct topology t;
    topology_read(&t, "");
    CHECK_TRUE(t.cores >= 1 && t.cores <= t.count);
    CHECK_EQ(topology_cores(), t.cores);
    pthread_t thread;
    pthread_create(&thread, NULL, pin_and_lift, &t);
    pthread_join(thread, NULL);
    CHECK_TRUE(topology_pin(pthread_self(), 100000) < 0);
}
