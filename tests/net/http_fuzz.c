// SPDX-License-Identifier: MIT
#include "net/http_conn.h"

#include "tests/net/app.h"
#include "tests/net/parse.h"

/*
 * Valid streams of requests, damaged by a pseudo-random generator with fixed
 * seeds.  A failure prints the seed; to try longer, or one seed again:
 *
 *     NET_FUZZ_ROUNDS=1000000 build-asan/tests/net/test_net_http_fuzz
 *     NET_FUZZ_SEED=123 NET_FUZZ_ROUNDS=1 .../test_net_http_fuzz parse
 */
static unsigned rounds(unsigned usual)
{
    const char *value = getenv("NET_FUZZ_ROUNDS");
    return value == NULL ? usual : (unsigned)strtoul(value, NULL, 10);
}

static unsigned first_seed(void)
{
    const char *value = getenv("NET_FUZZ_SEED");
    return value == NULL ? 1 : (unsigned)strtoul(value, NULL, 10);
}

static const char *const streams[] = {
    "GET / HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\n",
    "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nA:\r\n\r\n"
    "HEAD /c?d=e#f HTTP/1.1\r\nB: c\r\nC:\r\n\r\nGET /g HTTP/1.0\r\n\r\n",
    "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
    "PUT /b HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
    "GET /c HTTP/1.1\r\nConnection: close\r\n\r\n",
    "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
    "GET /b HTTP/1.1\r\n\r\n",
    "POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab"
    "GET /u HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    "CONNECT a:1 HTTP/1.1\r\n\r\nOPTIONS * HTTP/1.1\r\n\r\n",
    "GET /a/b.html?c=d&e=%20f HTTP/1.1\r\nHost: www.example.com:8000\r\n"
    "Connection: keep-alive\r\nCache-Control: max-age=0\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:1.0) Gecko/20100101\r\n"
    "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"
    "Cookie: a=\"b\"; c=\xC3\xA4\r\nExpect: 100-continue\r\n\r\n"
    "HEAD /a HTTP/1.1\r\nIf-None-Match: \"x\"\r\n\r\n",
    "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n\r\n\r\n"
    "PATCH http://u:p@h:80/x?y HTTP/1.1\r\nfOo:bar\r\nX: \t y  z \r\n\r\n",
};

static const char *const tokens[] = {
    "\r\n", "\r\n\r\n", "\n", "\r", ":", " ", "\t", ",", ";", "\x80",
    "Content-Length: 5\r\n", "Content-Length: 0\r\n", "\r\nContent-Length:",
    "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n",
    "Connection: close\r\n", "Connection: keep-alive\r\n",
    "Connection: Upgrade\r\nUpgrade: h2c\r\n", "Expect: 100-continue\r\n",
    "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "GET ", "POST /x ",
    "CONNECT ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "0\r\n", "0\r\n\r\n",
    "ffffffffffffffff\r\n", "1\r\na\r\n", "99999999999999999999", "-1",
};

enum {
    STREAMS = sizeof streams / sizeof streams[0],
    TOKENS = sizeof tokens / sizeof tokens[0]
};

static size_t below(unsigned *seed, size_t limit)
{
    return limit == 0 ? 0 : (size_t)rand_r(seed) % limit;
}

/* Replace `removed` bytes at `at` by `added`. */
static void replace_part(struct text *text, size_t at, size_t removed,
                   const char *added, size_t added_length)
{
    struct text result = { 0 };
    if (removed > text->length - at)
        removed = text->length - at;
    text_add(&result, text->bytes, at);
    text_add(&result, added, added_length);
    text_add(&result, text->bytes + at + removed, text->length - at - removed);
    text_free(text);
    *text = result;
}

static void damage(struct text *text, unsigned *seed)
{
    size_t at = below(seed, text->length + 1);
    const char *token = tokens[below(seed, TOKENS)];
    const char *other = streams[below(seed, STREAMS)];
    size_t start = below(seed, strlen(other));
    size_t some = below(seed, below(seed, 4) == 0 ? 60 : 5);
    char byte = (char)rand_r(seed);
    switch (rand_r(seed) % 7) {
    case 0:
        replace_part(text, at, 1, &byte, 1);
        break;
    case 1:
        replace_part(text, at, 0, &byte, 1);
        break;
    case 2:
        replace_part(text, at, some, "", 0);
        break;
    case 3:
        replace_part(text, at, below(seed, 2) * some, token, strlen(token));
        break;
    case 4:
        if (some > strlen(other) - start)
            some = strlen(other) - start;
        replace_part(text, at, below(seed, 2) * some, other + start, some);
        break;
    case 5:
        replace_part(text, at, text->length, "", 0);
        break;
    case 6: {
        struct text copy = { 0 };
        text_add(&copy, text->bytes, text->length);
        start = below(seed, copy.length + 1);
        if (some > copy.length - start)
            some = copy.length - start;
        replace_part(text, at, 0, copy.bytes + start, some);
        text_free(&copy);
        break;
    }
    }
}

/* Some streams, one after the other, some of them damaged. */
static void make_input(struct text *text, unsigned *seed)
{
    size_t count = 1 + below(seed, 3);
    for (size_t i = 0; i < count; i++) {
        const char *stream = streams[below(seed, STREAMS)];
        text_add(text, stream, strlen(stream));
    }
    for (size_t i = below(seed, 4); i-- > 0;)
        damage(text, seed);
    if (text->bytes == NULL)
        text_add(text, "", 0);
}

/* ---- The parser -------------------------------------------------------------------- */

/* Whatever it is, it comes to the same however it is divided. */
static bool comes_to_the_same(unsigned seed)
{
    struct text input = { 0 };
    struct text whole = { 0 };
    unsigned own = seed;
    int before = test_failures;
    make_input(&input, &own);
    parse(&whole, input.bytes, input.length, (struct division){ 0 });
    for (int i = 0; i < 4; i++) {
        struct text events = { 0 };
        parse(&events, input.bytes, input.length,
              (struct division){ .seed = i == 0 ? 0 : (unsigned)rand_r(&own),
                                 .each = i == 0 ? 1 : 0,
                                 .pauses = i % 2 != 0 });
        text_compare(__FILE__, __LINE__, "a divided input", events.bytes,
                     events.length, whole.bytes, whole.length);
        text_free(&events);
    }
    bool same = test_failures == before;
    if (!same) {
        fprintf(stderr, "  NET_FUZZ_SEED=%u\n", seed);
        text_show("input", input.bytes, input.length);
    }
    text_free(&input);
    text_free(&whole);
    return same;
}

TEST(damaged_streams_parse_to_the_same_however_divided)
{
    unsigned seed = first_seed();
    for (unsigned i = rounds(20000); i > 0; i--, seed++)
        if (!comes_to_the_same(seed))
            return;
}

/* ---- The connection ---------------------------------------------------------------- */

static unsigned act_seed;

/* The program does anything it may. */
static void act_somehow(struct app *app, struct http_exchange *x)
{
    static const char *const heads[] = {
        OK, OK "Connection: close\r\n", OK "Content-Length: 4\r\n",
        OK "Content-Length: 9\r\n", OK "Transfer-Encoding: chunked\r\n",
        "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 404 x\r\nDate: y\r\n",
    };
    struct http_conn *conn = x->conn;
    const char *head = x->begun ? NULL : heads[below(&act_seed, 7)];
    (void)app;
    switch (rand_r(&act_seed) % 12) {
    case 0:
        http_pause(conn);
        break;
    case 1:
        http_resume(conn);
        break;
    case 2:
        if (below(&act_seed, 8) == 0)
            tcp_close(&conn->tcp, 0);
        break;
    case 3:
        if (below(&act_seed, 8) == 0)
            http_conn_close(conn);
        break;
    case 4:
    case 5:
        respond(x, 0, head, "part");
        break;
    default:
        respond(x, HTTP_FINISH, head, "last");
    }
}

static void act_on_request(struct app *app, struct http_exchange *x,
                           unsigned number)
{
    (void)number;
    act_somehow(app, x);
}

/* On any request that still lives. */
static void act_on_any(struct app *app)
{
    if (app->request_count == 0)
        return;
    unsigned number = (unsigned)below(&act_seed, app->request_count);
    struct http_exchange *x = app_exchange(app, number);
    if (x != NULL)
        act_somehow(app, x);
}

static void play(struct app *app, struct peer *peer, const struct text *input)
{
    size_t sent = 0;
    for (int i = 0; i < 100 && sent < input->length; i++) {
        size_t most = below(&act_seed, below(&act_seed, 2) == 0 ? 10 : 200);
        if (most > input->length - sent)
            most = input->length - sent;
        sent += peer_offer(peer, input->bytes + sent, most);
        app->has_no_room = below(&act_seed, 10) == 0;
        stage_turns(&app->stage, (unsigned)below(&act_seed, 3));
        act_on_any(app);
        if (below(&act_seed, 3) == 0)
            peer_read(peer, 100);
    }
    app->has_no_room = false;
    if (below(&act_seed, 2) == 0)
        shutdown(peer->fd, SHUT_WR);
    for (size_t i = below(&act_seed, 10); i-- > 0;) {
        act_on_any(app);
        stage_turns(&app->stage, 1);
    }
    if (below(&act_seed, 4) == 0) {
        close_with_reset(peer->fd);
        peer->fd = -1;
    }
}

/* A good client beside them, all the time: it must not suffer. */
static void check_good_client(struct app *app, struct peer *good)
{
    text_free(&good->got);
    peer_say(&app->stage, good, "GET /good HTTP/1.1\r\n\r\n");
    uint64_t end = uv_hrtime() + PATIENCE;
    while (peer_read(good, SIZE_MAX) && !text_ends(&good->got, "/good") &&
           uv_hrtime() < end)
        shard_turn(&app->stage.shard);
    hide_dates(&good->got);
    CHECK_BYTES(&good->got, TARGET("5", "/good"));
}

static void on_any_request(struct app *app, struct http_exchange *x,
                           unsigned number)
{
    if (strcmp(app->requests[number].target, "/good") == 0)
        finish_with_target(app, x, number);
    else
        act_on_request(app, x, number);
}

TEST(connections_survive_damaged_streams_and_any_program)
{
    struct app app;
    struct peer good;
    unsigned seed = first_seed();
    app_open(&app);
    app.is_quiet = true;
    app.on_request = on_any_request;
    app.on_content = act_somehow;
    app_connect(&app, &good);
    check_good_client(&app, &good);
    for (unsigned i = rounds(600); i > 0; i--, seed++) {
        struct text input = { 0 };
        struct peer peer;
        unsigned own = seed;
        int before = test_failures;
        make_input(&input, &own);
        act_seed = own;
        app.request_count = 0;
        app_connect(&app, &peer);
        play(&app, &peer, &input);
        peer_close(&peer);
        if (i % 50 == 0)
            check_good_client(&app, &good);
        text_free(&input);
        if (test_failures != before) {
            fprintf(stderr, "  NET_FUZZ_SEED=%u\n", seed);
            break;
        }
    }
    check_good_client(&app, &good);
    peer_close(&good);
    app_close(&app);
}
