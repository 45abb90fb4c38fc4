// SPDX-License-Identifier: MIT
#include "net/http_conn.h"

#include "tests/net/app.h"

/* One request, from the test's own peer, that waits for its answer. */
static void ask(struct app *app, struct peer *peer, const char *request)
{
    unsigned before = app->request_count;
    app_connect(app, peer);
    peer_say(&app->stage, peer, request);
    TURN_UNTIL(&app->stage, app->request_count > before);
}

#define GET "GET / HTTP/1.1\r\n\r\n"
#define GET_1_0 "GET / HTTP/1.0\r\n\r\n"
#define HEAD "HEAD / HTTP/1.1\r\n\r\n"

/* A request, its answer in one piece or two, and all that the client gets. */
static void check_answer(int line, const char *request, const char *head,
                         const char *first, const char *last,
                         const char *expected, bool ends)
{
    struct app app;
    struct peer peer;
    int before = test_failures;
    app_open(&app);
    ask(&app, &peer, request);
    if (first != NULL) {
        CHECK_EQ(app_answer(&app, 0, 0, head, first), 0);
        stage_turns(&app.stage, 2);
        head = NULL;
    }
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, head, last), 0);
    CHECK_ANSWER(&app, &peer, expected);
    CHECK_EQ(peer.eof, ends);
    CHECK_EQ(peer.error, 0);
    peer_close(&peer);
    app_close(&app);
    if (test_failures != before)
        fprintf(stderr, "  called from line %d\n", line);
}

/* Finished at once. */
#define CHECK_AT_ONCE(request, head, content, ends, expected)              \
    check_answer(__LINE__, request, head, NULL, content, expected, ends)

/* A first part, which leaves, and a last one. */
#define CHECK_IN_PARTS(request, head, first, last, ends, expected)         \
    check_answer(__LINE__, request, head, first, last, expected, ends)

/* ---- Framing -------------------------------------------------------------------- */

TEST(what_is_finished_at_once_has_a_content_length)
{
    CHECK_AT_ONCE(GET, OK "A: b\r\n", "hello", false,
                  OK "A: b\r\n" DATE KEEP "Content-Length: 5\r\n\r\nhello");
    CHECK_AT_ONCE(GET, OK, NULL, false,
                  OK DATE KEEP "Content-Length: 0\r\n\r\n");
    CHECK_AT_ONCE(GET, OK, "", false,
                  OK DATE KEEP "Content-Length: 0\r\n\r\n");
    CHECK_AT_ONCE(GET_1_0, OK, "hello", true,
                  OK DATE CLOSE "Content-Length: 5\r\n\r\nhello");
}

TEST(what_is_finished_later_is_chunked)
{
    CHECK_IN_PARTS(GET, OK "A: b\r\n", "hello", "world", false,
                   OK "A: b\r\n" DATE KEEP CHUNKED "\r\n"
                   "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
    CHECK_IN_PARTS(GET, OK, "hello", NULL, false,
                   OK DATE KEEP CHUNKED "\r\n5\r\nhello\r\n0\r\n\r\n");
}

TEST(an_empty_part_does_not_end_chunked_content)
{
    CHECK_IN_PARTS(GET, OK, "", "hello", false,
                   OK DATE KEEP CHUNKED "\r\n5\r\nhello\r\n0\r\n\r\n");
    CHECK_IN_PARTS(GET, OK, "hello", "", false,
                   OK DATE KEEP CHUNKED "\r\n5\r\nhello\r\n0\r\n\r\n");
    CHECK_IN_PARTS(GET, OK, "", "", false,
                   OK DATE KEEP CHUNKED "\r\n0\r\n\r\n");
}

/* The connection's end is the content's. */
TEST(http_1_0_gets_no_chunks)
{
    CHECK_IN_PARTS(GET_1_0, OK, "hello", "world", true,
                   OK DATE CLOSE "\r\nhelloworld");
    CHECK_IN_PARTS("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", OK,
                   "hello", "world", true, OK DATE CLOSE "\r\nhelloworld");
}

TEST(http_1_0_is_kept_alive_when_it_asks_and_the_length_is_known)
{
    CHECK_AT_ONCE("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", OK,
                  "hello", false,
                  OK DATE KEEP "Content-Length: 5\r\n\r\nhello");
    CHECK_IN_PARTS("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                   OK "Content-Length: 10\r\n", "hello", "world", false,
                   OK "Content-Length: 10\r\n" DATE KEEP "\r\nhelloworld");
}

TEST(head_gets_the_length_and_no_content)
{
    CHECK_AT_ONCE(HEAD, OK, "hello", false,
                  OK DATE KEEP "Content-Length: 5\r\n\r\n");
    CHECK_AT_ONCE(HEAD, OK "Content-Length: 500\r\n", NULL, false,
                  OK "Content-Length: 500\r\n" DATE KEEP "\r\n");
    CHECK_AT_ONCE(HEAD, OK "Content-Length: 3\r\n", "hello", false,
                  OK "Content-Length: 3\r\n" DATE KEEP "\r\n");
    CHECK_IN_PARTS(HEAD, OK, "hello", "world", false,
                   OK DATE KEEP CHUNKED "\r\n");
    CHECK_AT_ONCE("HEAD / HTTP/1.0\r\n\r\n", OK, "hello", true,
                  OK DATE CLOSE "Content-Length: 5\r\n\r\n");
    CHECK_IN_PARTS("HEAD / HTTP/1.0\r\n\r\n", OK, "hello", "world", true,
                   OK DATE CLOSE "\r\n");
}

TEST(some_statuses_have_no_content_and_no_framing)
{
    static const char *const lines[] = {
        "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 304 Not Modified\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "%s%s%s\r\n", lines[i], DATE,
                 KEEP);
        CHECK_AT_ONCE(GET, lines[i], NULL, false, expected);
        CHECK_AT_ONCE(GET, lines[i], "hello", false, expected);
        CHECK_IN_PARTS(GET, lines[i], "hello", "world", false, expected);
    }
    CHECK_AT_ONCE(GET,
                  "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n", NULL,
                  false,
                  "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n"
                  DATE KEEP "\r\n");
    CHECK_AT_ONCE(GET_1_0, "HTTP/1.1 204 No Content\r\n", NULL, true,
                  "HTTP/1.1 204 No Content\r\n" DATE CLOSE "\r\n");
}

TEST(chunk_sizes_are_the_lengths_in_hexadecimal)
{
    static const size_t lengths[] = { 1, 9, 10, 15, 16, 255, 256, 4095, 4096,
                                      65535, 65536, 1048576 + 0xABC };
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, GET);
    app_answer(&app, 0, 0, OK, NULL);
    CHECK_ANSWER(&app, &peer, OK DATE KEEP CHUNKED "\r\n");
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct text expected = { 0 };
        char *content = malloc(lengths[i]);
        fill(content, lengths[i], i);
        text_print(&expected, "%zx\r\n", lengths[i]);
        text_add(&expected, content, lengths[i]);
        text_print(&expected, "\r\n");
        text_free(&peer.got);
        respond_bytes(app_exchange(&app, 0), 0, NULL, content, lengths[i]);
        TURN_UNTIL(&app.stage, peer_has(&peer, expected.length));
        CHECK_EQ(peer.got.length, expected.length);
        CHECK_EQ(memcmp(peer.got.bytes, expected.bytes, expected.length), 0);
        free(content);
        text_free(&expected);
    }
    peer_close(&peer);
    app_close(&app);
}

TEST(ten_megabytes_of_content_in_one_reply_arrive_whole)
{
    enum { LENGTH = 10 * 1000 * 1000 };
    static const char head[] = OK DATE KEEP "Content-Length: 10000000\r\n\r\n";
    struct app app;
    struct peer peer;
    char *content = malloc(LENGTH);
    app_open(&app);
    ask(&app, &peer, GET);
    fill(content, LENGTH, 0);
    respond_bytes(app_exchange(&app, 0), HTTP_FINISH, OK, content, LENGTH);
    TURN_UNTIL(&app.stage, peer_has(&peer, sizeof head - 1 + LENGTH));
    hide_dates(&peer.got);
    CHECK_EQ(peer.got.length, sizeof head - 1 + LENGTH);
    CHECK_EQ(memcmp(peer.got.bytes, head, sizeof head - 1), 0);
    CHECK_EQ(memcmp(peer.got.bytes + sizeof head - 1, content, LENGTH), 0);
    free(content);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_head_may_be_long)
{
    struct app app;
    struct peer peer;
    struct text head = { 0 };
    struct text expected = { 0 };
    text_print(&head, OK);
    for (int i = 0; i < 10000; i++)
        text_print(&head, "Field-%d: value\r\n", i);
    text_add(&expected, head.bytes, head.length);
    text_print(&expected, DATE KEEP "Content-Length: 5\r\n\r\nhello");
    app_open(&app);
    ask(&app, &peer, GET);
    app_answer(&app, 0, HTTP_FINISH, head.bytes, "hello");
    CHECK_ANSWER(&app, &peer, expected.bytes);
    text_free(&head);
    text_free(&expected);
    peer_close(&peer);
    app_close(&app);
}

/* ---- The caller's own fields ---------------------------------------------------- */

TEST(the_callers_connection_field_is_kept_and_obeyed)
{
    CHECK_AT_ONCE(GET, OK "connection: Close\r\n", "hello", true,
                  OK "connection: Close\r\n" DATE
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_AT_ONCE(GET, OK "Connection: keep-alive\r\n", "hello", false,
                  OK "Connection: keep-alive\r\n" DATE
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_AT_ONCE(GET_1_0, OK "Connection: keep-alive\r\n", "hello", true,
                  OK "Connection: keep-alive\r\n" DATE
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_IN_PARTS(GET, OK "Connection: close\r\n", "hello", "world", true,
                   OK "Connection: close\r\n" DATE CHUNKED "\r\n"
                   "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
}

TEST(the_callers_transfer_encoding_is_kept_and_obeyed)
{
    CHECK_AT_ONCE(GET, OK CHUNKED, "hello", false,
                  OK CHUNKED DATE KEEP "\r\n5\r\nhello\r\n0\r\n\r\n");
    CHECK_AT_ONCE(GET, OK "transfer-encoding: CHUNKED\r\n", NULL, false,
                  OK "transfer-encoding: CHUNKED\r\n" DATE KEEP
                  "\r\n0\r\n\r\n");
    CHECK_IN_PARTS(GET, OK CHUNKED, "hello", "world", false,
                   OK CHUNKED DATE KEEP "\r\n"
                   "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
}

TEST(the_callers_content_length_is_kept)
{
    CHECK_AT_ONCE(GET, OK "content-length: 5\r\n", "hello", false,
                  OK "content-length: 5\r\n" DATE KEEP "\r\nhello");
    CHECK_IN_PARTS(GET, OK "Content-Length: 10\r\n", "hello", "world", false,
                   OK "Content-Length: 10\r\n" DATE KEEP "\r\nhelloworld");
    CHECK_AT_ONCE(GET, OK "Content-Length: 0\r\n", NULL, false,
                  OK "Content-Length: 0\r\n" DATE KEEP "\r\n");
}

TEST(the_callers_date_is_kept)
{
    CHECK_AT_ONCE(GET, OK "date: yesterday\r\n", "hello", false,
                  OK "date: yesterday\r\n" KEEP
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_AT_ONCE(GET_1_0, OK "Date: never\r\n", "hello", true,
                  OK "Date: never\r\n" CLOSE
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_AT_ONCE(GET, OK "Date: x\r\nConnection: close\r\n" CHUNKED, "hello",
                  true,
                  OK "Date: x\r\nConnection: close\r\n" CHUNKED "\r\n"
                  "5\r\nhello\r\n0\r\n\r\n");
}

/* ---- A Content-Length that is not true ------------------------------------------- */

TEST(more_content_than_the_length_is_refused_and_not_sent)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, GET);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, OK "Content-Length: 4\r\n",
                        "hello"), -EMSGSIZE);
    CHECK_EQ(app_answer(&app, 0, 0, OK "Content-Length: 4\r\n", "hello"),
             -EMSGSIZE);
    stage_turns(&app.stage, 3);
    peer_read(&peer, SIZE_MAX);
    CHECK_EQ(peer.got.length, 0);
    CHECK_EQ(app_answer(&app, 0, 0, OK "Content-Length: 4\r\n", "hel"), 0);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, "lo"), -EMSGSIZE);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, NULL, "lo"), -EMSGSIZE);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, "p"), 0);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, "!"), -EMSGSIZE);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, ""), 0);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, NULL, NULL), 0);
    CHECK_ANSWER(&app, &peer, OK "Content-Length: 4\r\n" DATE KEEP
                 "\r\nhelp");
    CHECK_TRUE(!peer.eof);
    peer_close(&peer);
    app_close(&app);
}

TEST(less_content_than_the_length_closes_the_connection)
{
    CHECK_AT_ONCE(GET, OK "Content-Length: 6\r\n", "hello", true,
                  OK "Content-Length: 6\r\n" DATE KEEP "\r\nhello");
    CHECK_AT_ONCE(GET, OK "Content-Length: 6\r\n", NULL, true,
                  OK "Content-Length: 6\r\n" DATE KEEP "\r\n");
    CHECK_IN_PARTS(GET, OK "Content-Length: 11\r\n", "hello", "world", true,
                   OK "Content-Length: 11\r\n" DATE KEEP "\r\nhelloworld");
}

TEST(content_that_is_not_sent_is_not_counted)
{
    CHECK_IN_PARTS(HEAD, OK "Content-Length: 3\r\n", "hello", "world", false,
                   OK "Content-Length: 3\r\n" DATE KEEP "\r\n");
    CHECK_IN_PARTS(HEAD, OK "Content-Length: 300\r\n", "hello", "world",
                   false, OK "Content-Length: 300\r\n" DATE KEEP "\r\n");
}

/* ---- What does nothing ------------------------------------------------------------- */

/* A finished exchange lives on while its request still comes. */
TEST(nothing_is_sent_after_the_end)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n");
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, OK, "done"), 0);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, OK, "again"), 0);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, "and again"), 0);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, NULL, NULL), 0);
    CHECK_ANSWER(&app, &peer, OK DATE KEEP "Content-Length: 4\r\n\r\ndone");
    peer_say(&app.stage, &peer, "hello");
    CHECK_EVENTS(&app, "connection\nPOST /\ncontent\ncomplete\n");
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, NULL, NULL), -ENOENT);
    peer_close(&peer);
    app_close(&app);
}

TEST(nothing_is_sent_on_a_connection_that_closes)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, GET GET GET);
    TURN_UNTIL(&app.stage, app.request_count == 3);
    app_answer(&app, 1, 0, OK, "waits for the first");
    app_answer(&app, 2, HTTP_FINISH, OK, "waits for both");
    tcp_close(&app.conn->tcp, 0);
    CHECK_TRUE(app_answer(&app, 0, 0, OK, "hello") <= 0);
    CHECK_TRUE(app_answer(&app, 0, HTTP_FINISH, NULL, "world") <= 0);
    CHECK_TRUE(app_answer(&app, 1, HTTP_FINISH, NULL, "end") <= 0);
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.got.length, 0);
    TURN_UNTIL(&app.stage, app.closes > 0);
    CHECK_EQ(app_answer(&app, 2, HTTP_FINISH, NULL, NULL), -ENOENT);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Date ---------------------------------------------------------------------------- */

static void date_of(struct app *app, char date[40])
{
    struct peer peer;
    ask(app, &peer, GET);
    app_answer(app, app->request_count - 1, HTTP_FINISH, OK, NULL);
    TURN_UNTIL(&app->stage, text_has(&peer.got, "\r\n\r\n") ||
               !peer_read(&peer, SIZE_MAX));
    memcpy(date, strstr(peer.got.bytes, "Date: "), 37);
    date[37] = 0;
    peer_close(&peer);
}

TEST(the_date_moves_on)
{
    struct app app;
    char first[40], second[40], third[40];
    app_open(&app);
    date_of(&app, first);
    stage_run(&app.stage, 1100);
    date_of(&app, second);
    CHECK_TRUE(strcmp(first, second) != 0);
    stage_run(&app.stage, 1100);
    date_of(&app, third);
    CHECK_TRUE(strcmp(second, third) != 0);
    app_close(&app);
}

/* ---- In order ------------------------------------------------------------------------ */

/* Many answers, in parts, in any order: each arrives whole, in its place. */
TEST(answers_written_in_any_order_leave_in_the_order_of_the_requests)
{
    enum { REQUESTS = HTTP_UNANSWERED, PARTS = 5 };
    struct app app;
    struct peer peer;
    struct text expected = { 0 };
    unsigned parts[REQUESTS] = { 0 };
    unsigned done = 0;
    unsigned seed = 1;
    app_open(&app);
    app_connect(&app, &peer);
    for (unsigned i = 0; i < REQUESTS; i++) {
        char request[50];
        snprintf(request, sizeof request, "GET /%u HTTP/1.1\r\n\r\n", i);
        peer_say(&app.stage, &peer, request);
        text_print(&expected, OK DATE KEEP CHUNKED "\r\n");
        for (unsigned part = 0; part < PARTS; part++)
            text_print(&expected, "5\r\n%02u/%02u\r\n", i, part);
        text_print(&expected, "0\r\n\r\n");
    }
    TURN_UNTIL(&app.stage, app.request_count == REQUESTS);
    while (done < REQUESTS) {
        unsigned i = (unsigned)rand_r(&seed) % REQUESTS;
        char content[20];
        if (parts[i] > PARTS)
            continue;
        snprintf(content, sizeof content, "%02u/%02u", i, parts[i]);
        app_answer(&app, i, parts[i] == PARTS ? HTTP_FINISH : 0,
                   parts[i] == 0 ? OK : NULL,
                   parts[i] == PARTS ? NULL : content);
        done += parts[i]++ == PARTS;
        if (rand_r(&seed) % 20 == 0)
            shard_turn(&app.stage.shard);
    }
    CHECK_ANSWER(&app, &peer, expected.bytes);
    text_free(&expected);
    peer_close(&peer);
    app_close(&app);
}

/* Whatever a turn says to one connection. */
TEST(all_that_a_turn_answers_leaves_in_one_write)
{
    static const char expected[] =
        TARGET("2", "/a") TARGET("2", "/b") TARGET("2", "/c");
    struct app app;
    struct peer peer;
    char buffer[1000];
    app_open(&app);
    app_connect(&app, &peer);
    peer_say(&app.stage, &peer, "GET /a HTTP/1.1\r\n\r\n"
             "GET /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\n");
    TURN_UNTIL(&app.stage, app.request_count == 3);
    app_answer(&app, 2, HTTP_FINISH, OK, "/c");
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    CHECK_EQ(recv(peer.fd, buffer, sizeof buffer, MSG_DONTWAIT), -1);
    shard_flush(&app.stage.shard);
    CHECK_EQ(recv(peer.fd, buffer, sizeof buffer, MSG_DONTWAIT),
             sizeof expected - 1);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Crowding ------------------------------------------------------------------------- */

enum { MUCH = 16 * 1024 * 1024 };

static void respond_much(struct app *app, unsigned number, size_t length)
{
    char *content = malloc(length);
    fill(content, length, number);
    CHECK_EQ(respond_bytes(app_exchange(app, number), 0, NULL, content,
                           length), 1);
    free(content);
}

TEST(a_crowded_answer_is_drained_once)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, GET);
    CHECK_EQ(app_answer(&app, 0, 0, OK, "little"), 0);
    respond_much(&app, 0, MUCH);
    CHECK_EQ(app_answer(&app, 0, 0, NULL, "more"), 1);
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.drains, 0);
    TURN_UNTIL(&app.stage, peer_has(&peer, MUCH) && app.drains > 0);
    stage_turns(&app.stage, 3);
    CHECK_EQ(app.drains, 1);
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, NULL, "end"), 0);
    CHECK_EVENTS(&app, "connection\nGET / complete\ndrained\n");
    peer_close(&peer);
    app_close(&app);
}

/* It waits on the exchange, for those before it. */
TEST(a_crowded_answer_that_waits_its_turn_is_drained_after_it_left)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    ask(&app, &peer, GET GET);
    TURN_UNTIL(&app.stage, app.request_count == 2);
    CHECK_EQ(app_answer(&app, 1, 0, OK, "little"), 0);
    respond_much(&app, 1, TCP_HIGH_WATER);
    stage_run(&app.stage, 50);
    peer_read(&peer, SIZE_MAX);
    CHECK_EQ(peer.got.length, 0);
    CHECK_EQ(app.drains, 0);
    app_answer(&app, 0, HTTP_FINISH, OK, "first");
    TURN_UNTIL(&app.stage, peer_has(&peer, TCP_HIGH_WATER) && app.drains > 0);
    stage_turns(&app.stage, 3);
    CHECK_EQ(app.drains, 1);
    CHECK_EQ(app_answer(&app, 1, HTTP_FINISH, NULL, "end"), 0);
    TURN_UNTIL(&app.stage, peer_read(&peer, SIZE_MAX) &&
               text_ends(&peer.got, "\r\n3\r\nend\r\n0\r\n\r\n"));
    peer_close(&peer);
    app_close(&app);
}

/* A program that sends when told, to a peer that reads slowly: never more than
 * about the high water waits. */
static size_t most_pending;
static unsigned parts_left;

static void respond_part(struct app *app, struct http_exchange *x)
{
    static char part[40000];
    (void)app;
    while (parts_left > 0) {
        parts_left--;
        fill(part, sizeof part, parts_left);
        int result = respond_bytes(x, parts_left == 0 ? HTTP_FINISH : 0, NULL,
                                   part, sizeof part);
        if (parts_left > 0 && tcp_pending(&x->conn->tcp) > most_pending)
            most_pending = tcp_pending(&x->conn->tcp);
        if (result != 0)
            return;
    }
}

TEST(a_program_that_waits_for_drained_is_never_far_ahead)
{
    enum { PARTS = 1000, PART = 40000 };
    struct app app;
    struct peer peer;
    uint64_t sum = 0;
    uint64_t got_sum = 0;
    size_t got = 0;
    static char part[PART];
    app_open(&app);
    app.on_drained = respond_part;
    most_pending = 0;
    parts_left = PARTS;
    ask(&app, &peer, GET);
    app_answer(&app, 0, 0, OK "Content-Length: 40000000\r\n", NULL);
    TURN_UNTIL(&app.stage, peer_read(&peer, SIZE_MAX) &&
               text_has(&peer.got, "\r\n\r\n"));
    peer.got.length = 0;
    respond_part(&app, app_exchange(&app, 0));
    uint64_t end = uv_hrtime() + 2 * PATIENCE;
    while (got < (size_t)PARTS * PART && uv_hrtime() < end) {
        shard_turn(&app.stage.shard);
        peer_read(&peer, 100000);
        got_sum = checksum(got_sum, peer.got.bytes, peer.got.length);
        got += peer.got.length;
        peer.got.length = 0;
    }
    for (unsigned i = PARTS; i-- > 0;) {
        fill(part, sizeof part, i);
        sum = checksum(sum, part, sizeof part);
    }
    CHECK_EQ(got, (size_t)PARTS * PART);
    CHECK_EQ(got_sum, sum);
    CHECK_TRUE(most_pending <= TCP_HIGH_WATER + PART);
    CHECK_TRUE(app.drains > 10);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Kept responses ------------------------------------------------------------- */

static struct http_kept kept;

static void answer_kept(struct app *app, struct http_exchange *x,
                        unsigned number)
{
    (void)app;
    (void)number;
    http_respond_kept(x, &kept);
}

#define KEPT(content) OK "A: b\r\n" DATE KEEP "Content-Length: 5\r\n\r\n" content

TEST(a_kept_response_is_what_any_other_would_be)
{
    static const struct {
        const char *request;
        const char *expected;
    } cases[] = {
        { GET, KEPT("hello") },
        { GET GET, KEPT("hello") KEPT("hello") },
        { HEAD GET, KEPT("") KEPT("hello") },
        { "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" GET,
          KEPT("hello") KEPT("hello") },
        { GET_1_0, OK "A: b\r\n" DATE CLOSE "Content-Length: 5\r\n\r\nhello" },
        { GET "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
          KEPT("hello") OK "A: b\r\n" DATE CLOSE
          "Content-Length: 5\r\n\r\nhello" },
    };
    http_kept_set(&kept, "?", 1, NULL, 0);
    http_kept_set(&kept, OK "A: b\r\n", strlen(OK "A: b\r\n"), "hello", 5);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct app app;
        struct peer peer;
        app_open(&app);
        app.on_request = answer_kept;
        app_connect(&app, &peer);
        peer_say(&app.stage, &peer, cases[i].request);
        CHECK_ANSWER(&app, &peer, cases[i].expected);
        peer_close(&peer);
        app_close(&app);
    }
    http_kept_fini(&kept);
}

TEST(a_kept_response_waits_for_its_turn)
{
    struct app app;
    struct peer peer;
    http_kept_set(&kept, OK, strlen(OK), NULL, 0);
    app_open(&app);
    app_connect(&app, &peer);
    peer_say(&app.stage, &peer, GET GET GET);
    TURN_UNTIL(&app.stage, app.request_count == 3);
    http_respond_kept(app_exchange(&app, 2), &kept);
    http_respond_kept(app_exchange(&app, 1), &kept);
    stage_turns(&app.stage, 4);
    CHECK_TRUE(peer_read(&peer, SIZE_MAX));
    CHECK_EQ(peer.got.length, 0);
    app_answer(&app, 0, HTTP_FINISH, OK, "first");
    CHECK_ANSWER(&app, &peer,
                 OK DATE KEEP "Content-Length: 5\r\n\r\nfirst"
                 OK DATE KEEP "Content-Length: 0\r\n\r\n"
                 OK DATE KEEP "Content-Length: 0\r\n\r\n");
    peer_close(&peer);
    app_close(&app);
    http_kept_fini(&kept);
}

TEST(a_kept_response_has_the_date_of_its_second)
{
    struct app app;
    struct peer peer;
    struct http_exchange *x;
    http_kept_set(&kept, OK, strlen(OK), NULL, 0);
    app_open(&app);
    ask(&app, &peer, GET GET);
    x = app_exchange(&app, 0);
    http_respond_kept(x, &kept);
    TURN_UNTIL(&app.stage, peer_has(&peer, 20));
    memcpy(kept.text + strlen(OK), "Date: Sun", 9); /* as if long ago */
    stage_turns(&app.stage, 1);
    http_respond_kept(app_exchange(&app, 1), &kept);
    CHECK_ANSWER(&app, &peer, OK DATE KEEP "Content-Length: 0\r\n\r\n"
                              OK DATE KEEP "Content-Length: 0\r\n\r\n");
    peer_close(&peer);
    app_close(&app);
    http_kept_fini(&kept);
}
