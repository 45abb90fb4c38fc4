// SPDX-License-Identifier: MIT
#include "net/dns.h"

#include "sched/check.h"
#include "sched/shard.h"
#include "tests/name_server.h"
#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>

/* A shard, a name server and a resolver that asks it. */
static struct shard shard;
static struct name_server server;
static pthread_t server_thread;
static struct dns *dns;
static unsigned finished; /* calls of done() */

static void *run_server(void *arg)
{
    name_server_run(arg);
    return NULL;
}

static void set_up(const char *hosts)
{
    char servers[64];

    CHECK(shard_open(&shard, 0, 1) == 0);
    CHECK(name_server_open(&server));
    CHECK(pthread_create(&server_thread, NULL, run_server, &server) == 0);
    snprintf(servers, sizeof servers, "127.0.0.1:%u", server.port);
    dns = dns_open(&shard, servers, hosts);
    finished = 0;
}

static void clean_up(void)
{
    if (dns != NULL)
        dns_close(dns);
    close(server.quit[1]);
    pthread_join(server_thread, NULL);
    name_server_close(&server);
    CHECK_EQ(shard.holds, 0);
    shard_close(&shard);
}

static bool nothing_is_held(void *arg)
{
    (void)arg;
    return shard.holds == 0;
}

static void on_query(struct dns_query *query)
{
    (void)query;
    finished++;
}

static void on_lookup(struct dns_lookup *lookup)
{
    (void)lookup;
    finished++;
}

static void begin(struct dns_query *query, enum dns_type type,
                  const char *name)
{
    *query = (struct dns_query){ .done = on_query };
    CHECK_EQ(dns_resolve(dns, query, type, name, strlen(name)), 0);
}

static struct dns_query ask(enum dns_type type, const char *name)
{
    struct dns_query query;
    unsigned before = finished;

    begin(&query, type, name);
    CHECK_EQ(finished, before);
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(finished, before + 1);
    return query;
}

/* The text of the answer: "canonical: value value". */
static void check_text(const struct dns_query *query, const char *expected)
{
    char found[1024] = "";
    const char *text = query->text;

    if (query->code == DNS_OK) {
        snprintf(found, sizeof found, "%s:", text);
        for (size_t i = 0; i < query->count; i++) {
            text += strlen(text) + 1;
            strcat(strcat(found, " "), text);
        }
    }
    if (strcmp(found, expected) != 0) {
        fprintf(stderr, "found    %s\nexpected %s\n", found, expected);
        CHECK_TRUE(!"the answer's text");
    }
}

static void check_code(const char *name, enum dns_code code)
{
    struct dns_query query = ask(DNS_IPV4, name);

    if (query.code != code)
        fprintf(stderr, "%s: %s\n", name, query.why);
    CHECK_EQ(query.code, code);
    CHECK_TRUE(query.why != NULL && *query.why != '\0');
    dns_query_fini(&query);
}

static void check_answer(enum dns_type type, const char *name,
                         const char *expected, uint32_t ttl)
{
    struct dns_query query = ask(type, name);

    CHECK_EQ(query.code, DNS_OK);
    CHECK_EQ(query.ttl, ttl);
    check_text(&query, expected);
    dns_query_fini(&query);
}

static unsigned open_files(void)
{
    DIR *dir = opendir("/proc/self/fd");
    unsigned count = 0;

    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

TEST(addresses_come_with_time_to_live_and_name)
{
    set_up(NULL);
    check_answer(DNS_IPV4, "www.example", "www.example: 192.0.2.1", 300);
    check_answer(DNS_IPV4, "www.example.", "www.example: 192.0.2.1", 300);
    check_answer(DNS_IPV6, "www.example", "www.example: 2001:db8::1", 300);
    CHECK_EQ(server.asked, 3); /* nothing was kept */
    clean_up();
}

TEST(names_of_addresses_of_both_families)
{
    static const char *const addresses[] = { "192.0.2.77", "2001:db8::a1" };
    static const char *const expected[] = {
        "77.2.0.192.in-addr.arpa: host.example",
        "1.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2."
        "ip6.arpa: host.example"
    };
    set_up(NULL);
    for (int i = 0; i < 2; i++) {
        struct dns_query query = { .done = on_query };
        struct addr addr;
        CHECK_EQ(addr_parse(&addr, addresses[i], 0), 0);
        CHECK_EQ(dns_reverse(dns, &query, &addr), 0);
        CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
        CHECK_EQ(query.code, DNS_OK);
        check_text(&query, expected[i]);
        dns_query_fini(&query);
    }
    clean_up();
}

TEST(failures_have_their_codes)
{
    set_up(NULL);
    check_code("nxdomain.example", DNS_NXDOMAIN);
    check_code("nodata.example", DNS_NODATA);
    check_code("dangling.example", DNS_NODATA);
    check_code("servfail.example", DNS_TEMPFAIL);
    check_code("refused.example", DNS_TEMPFAIL);
    check_code("formerr.example", DNS_BADQUERY);
    check_code("garbled.example", DNS_PROTOCOL);
    check_code("cut.example", DNS_PROTOCOL);
    check_code("loop.example", DNS_PROTOCOL);
    check_code("hangup.example", DNS_TEMPFAIL);
    clean_up();
}

TEST(names_that_cannot_be_are_bad_queries)
{
    char longest[300];
    static const char *const names[] = {
        "", ".", "..", ".a", "a..b", "a.b..", "a b", "a\tb", "a\\.b",
        "\xC3\xA9.example", "a\x80", "\x7F"
    };

    set_up(NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_code(names[i], DNS_BADQUERY);
    struct dns_query nul = { .done = on_query };
    CHECK_EQ(dns_resolve(dns, &nul, DNS_IPV4, "a\0b", 3), 0);
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(nul.code, DNS_BADQUERY);

    memset(longest, 'a', sizeof longest);
    longest[63] = '\0';
    check_code(longest, DNS_OK);
    longest[63] = 'a';
    longest[64] = '\0';
    check_code(longest, DNS_BADQUERY);
    longest[64] = 'a';
    for (size_t i = 50; i < sizeof longest; i += 50)
        longest[i] = '.';
    longest[253] = '\0';
    check_code(longest, DNS_OK);
    longest[253] = 'a';
    longest[254] = '\0';
    check_code(longest, DNS_BADQUERY);
    longest[254] = 'a';
    longest[299] = '\0';
    check_code(longest, DNS_BADQUERY);
    CHECK_EQ(server.asked, 2);
    clean_up();
}

TEST(canonical_names_are_followed_in_any_order)
{
    set_up(NULL);
    check_answer(DNS_IPV4, "chain.example", "THIRD.example: 192.0.2.1", 20);
    check_answer(DNS_IPV6, "chain.example", "THIRD.example: 2001:db8::1", 20);
    clean_up();
}

TEST(only_records_of_the_name_count)
{
    set_up(NULL);
    check_answer(DNS_IPV4, "stranger.a", "stranger.a: 192.0.2.1", 300);
    check_answer(DNS_IPV4, "wrongid.a", "wrongid.a: 192.0.2.1", 300);
    check_answer(DNS_IPV4, "wrongname.a", "wrongname.a: 192.0.2.1", 300);
    check_answer(DNS_IPV4, "longttl.a", "longttl.a: 192.0.2.1", 0);
    clean_up();
}

TEST(a_truncated_answer_is_asked_for_by_tcp)
{
    set_up(NULL);
    check_answer(DNS_IPV4, "truncated.a", "truncated.a: 192.0.2.1", 300);
    CHECK_EQ(server.asked, 2);
    struct dns_query query = ask(DNS_IPV4, "huge.a");
    CHECK_EQ(query.code, DNS_OK);
    CHECK_EQ(query.count, NAME_SERVER_HUGE);
    dns_query_fini(&query);
    clean_up();
}

/* What noise made the answer to another question is waited for in vain. */
TEST(noise_fails_or_is_an_answer)
{
    static struct dns_query queries[300];

    set_up(NULL);
    for (unsigned i = 0; i < 300; i++)
        begin(&queries[i], i % 2 ? DNS_IPV4 : DNS_IPV6, "noise.example");
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(finished, 300);
    for (unsigned i = 0; i < 300; i++)
        dns_query_fini(&queries[i]);
    clean_up();
}

TEST(a_silent_server_is_given_up)
{
    set_up(NULL);
    uint64_t start = uv_hrtime();
    check_code("silent.example", DNS_TEMPFAIL);
    uint64_t seconds = (uv_hrtime() - start) / 1000000000;
    CHECK_TRUE(seconds >= 4);
    CHECK_TRUE(seconds < 90);
    CHECK_EQ(server.asked, 3);
    check_code("late.example", DNS_OK);
    CHECK_EQ(server.asked, 5);
    clean_up();
}

TEST(a_port_without_server_fails_soon)
{
    set_up(NULL);
    dns_close(dns);
    dns = dns_open(&shard, "127.0.0.1:1", NULL);
    uint64_t start = uv_hrtime();
    check_code("www.example", DNS_TEMPFAIL);
    CHECK_TRUE(uv_hrtime() - start < UINT64_C(2000000000));
    clean_up();
}

TEST(many_at_once_leave_no_socket_open)
{
    static struct dns_query queries[200];
    unsigned before;

    set_up(NULL);
    before = open_files();
    for (unsigned i = 0; i < 200; i++)
        begin(&queries[i], DNS_IPV4, i % 2 ? "www.example" : "nodata.a");
    CHECK_EQ(shard.holds, 200);
    CHECK_EQ(open_files(), before + 2); /* ports, harder to guess than one */
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(finished, 200);
    for (unsigned i = 0; i < 200; i++) {
        CHECK_EQ(queries[i].code, i % 2 ? DNS_OK : DNS_NODATA);
        dns_query_fini(&queries[i]);
    }
    uv_run(&shard.loop, UV_RUN_NOWAIT); /* close callbacks */
    CHECK_EQ(open_files(), before);
    clean_up();
}

TEST(nothing_is_open_before_the_first_name)
{
    unsigned before = open_files();

    CHECK(shard_open(&shard, 0, 1) == 0);
    unsigned opened = open_files();
    CHECK_TRUE(opened > before);
    dns = dns_open(&shard, NULL, NULL);
    CHECK_EQ(open_files(), opened);
    dns_close(dns);
    shard_close(&shard);
}

TEST(closing_forgets_what_is_in_flight)
{
    struct dns_query silent;
    struct dns_query bad;
    struct dns_lookup lookup = { .name = "silent.example",
                                 .done = on_lookup };
    set_up(NULL);
    begin(&silent, DNS_IPV4, "silent.example");
    begin(&bad, DNS_IPV4, "..");
    dns_lookup(dns, &lookup);
    dns_lookup_cancel(&(struct dns_lookup){ .error = 0 });
    CHECK_EQ(shard.holds, 3);
    dns_close(dns);
    dns = NULL;
    dns_lookup_cancel(&lookup);
    CHECK_EQ(finished, 0);
    clean_up();
}

TEST(bad_servers_are_told_at_the_first_name)
{
    static const char *const bad[] = {
        "x", "1.2.3", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:x",
        "1.2.3.4,", ",", "1.2.3.4,,5.6.7.8", "[::1", "::1]", "[::1]:", "[1",
        "1.2.3.4 5.6.7.8", "[::1]:99999999999", "dns://1.2.3.4", "::g",
        "1.2.3.4:53:53", "www.example:53"
    };
    static const char *const good[] = {
        "1.2.3.4", "1.2.3.4:53", "::1", "[::1]", "[::1]:5353",
        "1.2.3.4,5.6.7.8:65535", ""
    };
    struct dns_query query = { .done = on_query };
    struct dns_lookup lookup = { .name = "www.example", .done = on_lookup };

    CHECK(shard_open(&shard, 0, 1) == 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dns = dns_open(&shard, bad[i], NULL);
        int err = dns_resolve(dns, &query, DNS_IPV4, "a", 1);
        if (err != -EINVAL)
            fprintf(stderr, "%s\n", bad[i]);
        CHECK_EQ(err, -EINVAL);
        CHECK_EQ(shard.holds, 0);
        dns_lookup(dns, &lookup);
        CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
        CHECK_EQ(lookup.error, -EINVAL);
        dns_close(dns);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        dns = dns_open(&shard, good[i], NULL);
        CHECK_EQ(dns_resolve(dns, &query, DNS_IPV4, "..", 2), 0);
        dns_close(dns);
    }
    shard_close(&shard);
}

/* ---- Lookups ------------------------------------------------------------- */

static void check_lookup(const char *name, int error, const char *expected)
{
    char text[4 * ADDR_TEXT] = "";
    unsigned before = finished;
    struct dns_lookup lookup = { .name = name,
                                 .port = 80,
                                 .done = on_lookup };

    dns_lookup(dns, &lookup);
    CHECK_EQ(finished, before);
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(finished, before + 1);
    CHECK_EQ(lookup.error, error);
    CHECK_EQ(lookup.error == 0, lookup.count > 0);
    if (lookup.error != 0)
        CHECK_TRUE(lookup.why != NULL && *lookup.why != '\0');
    for (size_t i = 0; i < lookup.count; i++) {
        char one[ADDR_TEXT];
        addr_text(&lookup.addrs[i], one);
        CHECK_EQ(addr_port(&lookup.addrs[i]), 80);
        strcat(strcat(text, i > 0 ? " " : ""), one);
    }
    if (strcmp(text, expected) != 0) {
        fprintf(stderr, "%s: %s, expected %s\n", name, text, expected);
        CHECK_TRUE(!"the addresses");
    }
    dns_lookup_fini(&lookup);
}

TEST(literal_addresses_need_no_server)
{
    set_up("/dev/null");
    check_lookup("127.0.0.1", 0, "127.0.0.1");
    check_lookup("::1", 0, "::1");
    check_lookup("localhost", 0, "127.0.0.1 ::1");
    CHECK_EQ(server.asked, 0);
    dns_close(dns);
    dns = dns_open(&shard, "no list of servers", NULL);
    check_lookup("127.0.0.1", 0, "127.0.0.1");
    check_lookup("localhost", -EINVAL, "");
    clean_up();
}

static void write_hosts(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

TEST(the_hosts_file_comes_first)
{
    char path[] = "/tmp/hosts.XXXXXX";
    int fd = mkstemp(path);

    CHECK(fd >= 0);
    close(fd);
    write_hosts(path, "2001:db8::5 both.example\n"
                      "192.0.2.5 both.example\n"
                      "2001:db8::6 six.example\n");
    set_up(path);
    check_lookup("both.example", 0, "192.0.2.5 2001:db8::5");
    check_lookup("six.example", 0, "2001:db8::6");
    CHECK_EQ(server.asked, 0);
    check_lookup("www.example", 0, "192.0.2.1 2001:db8::1");
    CHECK_TRUE(server.asked > 0);
    /* A query does not look there. */
    check_answer(DNS_IPV4, "both.example", "both.example: 192.0.2.1", 300);
    clean_up();
    unlink(path);
}

TEST(lookups_fail_with_their_errors)
{
    set_up("/dev/null");
    check_lookup("nxdomain.example", -ENOENT, "");
    check_lookup("nodata.example", -ENOENT, "");
    check_lookup("servfail.example", -EAGAIN, "");
    check_lookup("a..b", -EINVAL, "");
    check_lookup("", -EINVAL, "");
    check_lookup("\xC3\xA9.example", -EINVAL, "");
    clean_up();
}

TEST(a_cancelled_lookup_is_forgotten)
{
    unsigned before;
    struct dns_lookup lookups[3] = {
        { .name = "silent.example", .done = on_lookup },
        { .name = "127.0.0.1", .done = on_lookup },
        { .name = "silent.other", .done = on_lookup },
    };

    set_up(NULL);
    before = open_files();
    for (int i = 0; i < 3; i++)
        dns_lookup(dns, &lookups[i]);
    for (int i = 0; i < 3; i++) {
        dns_lookup_cancel(&lookups[i]);
        dns_lookup_cancel(&lookups[i]);
        CHECK_EQ(shard.holds, 2 - i);
    }
    uv_run(&shard.loop, UV_RUN_NOWAIT); /* close callbacks */
    CHECK_EQ(open_files(), before);
    CHECK_EQ(finished, 0);
    /* And the rest goes on. */
    dns_lookup(dns, &lookups[0]);
    lookups[1].name = "www.example";
    dns_lookup(dns, &lookups[1]);
    dns_lookup_cancel(&lookups[0]);
    CHECK_EQ(shard_wait(&shard, nothing_is_held, NULL), 0);
    CHECK_EQ(finished, 1);
    CHECK_EQ(lookups[1].error, 0);
    dns_lookup_fini(&lookups[1]);
    clean_up();
}
