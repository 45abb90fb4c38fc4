// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* An engine starts once in a process, so here every test has one of its own:
 * this one never starts it. */

enum { THREADS = 16, CYCLES = 30, SMALL_STACK = 512 * 1024 };

static js_value add(struct js *js, const struct js_args *args)
{
    return js_integer(js, js_to_integer(js_arg(args, 0)) +
                              js_to_integer(js_arg(args, 1)));
}

static js_value sub(struct js *js, const struct js_args *args)
{
    return js_integer(js, js_to_integer(js_arg(args, 0)) -
                              js_to_integer(js_arg(args, 1)));
}

static js_value reports(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_integer(js, (int32_t)harness_of(js)->reports);
}

static const struct js_function first[] = { { "compile", compile },
                                            { "add", add },
                                            { NULL, NULL } };
static const struct js_function second[] = { { "reports", reports },
                                             { "sub", sub },
                                             { NULL, NULL } };
static const struct js_module modules[] = { { "t", first },
                                            { "u", second },
                                            { NULL, NULL } };

static const char part_one[] =
    "const { add } = native.t;\n"
    "function EventEmitter() {}\n"
    "EventEmitter.prototype.emit = function (x) { return add(x, 1); };\n"
    "node.EventEmitter = EventEmitter;\n"
    "Object.setPrototypeOf(globalThis, EventEmitter.prototype);\n"
    "globalThis.process = globalThis;\n"
    "class Counter { #n = 40; next() { return ++this.#n; } }\n"
    "internal.counter = new Counter();\n";
static const char part_two[] =
    "globalThis.node = node;\n"
    "const map = new Map([['a', 1], [{}, 2], [Symbol.iterator, 3]]);\n"
    "const table = Uint8Array.of(3, 1, 2), word = /w(o+)rd/g;\n"
    "internal.sub = (a, b) => native.u.sub(a, b);\n"
    "internal.look = key => [map.get(key), table.indexOf(2),\n"
    "    'a wooord'.replace(word, '$1')];\n"
    "internal.later = async x => { await null; return x; };\n"
    "internal.fail = function () {\n"
    "    throw new Error('of the library');\n"
    "};\n"
    "internal.run = (text, file) =>\n"
    "    native.t.compile(text, file).call(undefined, native, internal);\n";

#define SOURCE(name, text) { name, text, sizeof text - 1 }
static const struct js_source sources[] = { SOURCE("one", part_one),
                                            SOURCE("two", part_two),
                                            { NULL, NULL, 0 } };

/* ---- A process for each ------------------------------------------------- */

/* What it leaves: its status, and what it said on stderr. */
struct child {
    int status;
    char said[8192];
};

static struct child in_child(void (*run)(void))
{
    struct child child;
    int out[2];
    size_t length = 0;
    CHECK_EQ(pipe(out), 0);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(out[1], 2);
        close(out[0]);
        atomic_store(&test_failures, 0);
        run();
        exit(atomic_load(&test_failures) != 0);
    }
    close(out[1]);
    for (ssize_t got = 1; got > 0;) {
        char rest[4096];
        size_t room = sizeof child.said - 1 - length;
        got = read(out[0], room ? child.said + length : rest,
                   room ? room : sizeof rest);
        length += room && got > 0 ? (size_t)got : 0;
    }
    child.said[length] = '\0';
    close(out[0]);
    waitpid(pid, &child.status, 0);
    return child;
}

static void succeeds(void (*run)(void))
{
    struct child child = in_child(run);
    fputs(child.said, stderr);
    CHECK_EQ(child.status, 0);
}

/* ---- The snapshot, made once, shared with the children ------------------ */

static struct {
    size_t length;
    char data[16 << 20];
} *shared;

static struct js_snapshot snapshot(void)
{
    return (struct js_snapshot){ shared->data, shared->length };
}

static void make(void)
{
    struct js_snapshot made;
    CHECK_TRUE(js_snapshot_make(modules, sources, &made));
    CHECK_TRUE(made.length < sizeof shared->data);
    memcpy(shared->data, made.data, made.length);
    shared->length = made.length;
    free((char *)(uintptr_t)made.data);
}

TEST(a_snapshot_is_made)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK_TRUE(shared != MAP_FAILED);
    succeeds(make);
    CHECK_TRUE(shared->length > 100000);
}

static struct harness *start(void)
{
    js_start(1, modules, snapshot(), sources);
    return harness_open();
}

static void stop(struct harness *h)
{
    harness_close(h);
    js_stop();
}

static void is(struct harness *h, const char *text, const char *expected)
{
    check_text(__FILE__, __LINE__, text, eval(h, text), expected);
    if (h->reports > 0)
        fprintf(stderr, "%s", h->report);
    CHECK_EQ(h->reports, 0);
}

/* What the sources made, whether thawed or made now. */
static void check_library(struct harness *h)
{
    is(h, "return emit(4)", "5");
    is(h, "return process === globalThis && process.emit === emit &&"
          "globalThis instanceof node.EventEmitter", "true");
    is(h, "return internal.counter.next() + internal.counter.next()", "83");
    is(h, "return native.t.add(1, 2) + internal.sub(9, 2)", "10");
    is(h, "return native.u.reports() + native.u.sub.name", "0sub");
    is(h, "return [internal.look('a'), internal.look(Symbol.iterator)]",
       "1,2,a ooo,3,2,a ooo");
    is(h, "internal.later(5).then(x => { globalThis.late = x })",
       "undefined");
    is(h, "return late", "5");
    is(h, "try { internal.fail() } catch (e) {"
          "return e.stack.split('\\n')[1].slice(-15) }",
       "fail (two:9:11)");
    is(h, "return String(internal.sub)", "(a, b) => native.u.sub(a, b)");
}

static void thaw(void)
{
    struct harness *h = start();
    check_library(h);
    js_collect(h->js);
    is(h, "return internal.sub(9, 2)", "7");
    stop(h);
}

TEST(it_holds_what_the_sources_made)
{
    succeeds(thaw);
}

static void make_now(void)
{
    js_start(1, modules, (struct js_snapshot){ NULL, 0 }, sources);
    struct harness *h = harness_open();
    check_library(h);
    stop(h);
}

TEST(without_one_the_sources_run_at_every_open)
{
    succeeds(make_now);
}

static void open_twice(void)
{
    struct harness *h = start();
    is(h, "return internal.counter.next()", "41");
    is(h, "globalThis.mark = 1; Object.prototype.mark = 2", "undefined");
    harness_close(h);
    h = harness_open();
    is(h, "return internal.counter.next()", "41");
    is(h, "return globalThis.mark", "undefined");
    stop(h);
}

TEST(isolates_share_nothing)
{
    succeeds(open_twice);
}

/* ---- Sources that fail -------------------------------------------------- */

static const char throwing[] = "\n  null.x;\n";
static const char calling[] = "native.t.add(1, 2);";
static const char broken[] = "var 1;";

static void make_failing(const struct js_source *source)
{
    struct js_source list[] = { *source, { NULL, NULL, 0 } };
    struct js_snapshot made;
    CHECK_TRUE(!js_snapshot_make(modules, list, &made));
}

static void make_throwing(void)
{
    make_failing(&(struct js_source)SOURCE("throwing", throwing));
}

static void make_calling(void)
{
    make_failing(&(struct js_source)SOURCE("calling", calling));
}

static void make_broken(void)
{
    make_failing(&(struct js_source)SOURCE("broken", broken));
}

static void says(void (*run)(void), const char *text)
{
    struct child child = in_child(run);
    CHECK_EQ(child.status, 0);
    if (!strstr(child.said, text))
        CHECK_TEXT(child.said, text);
}

TEST(a_source_that_fails_is_told)
{
    says(make_throwing, "throwing:2\n  null.x;\n       ^\n"
                        "Uncaught TypeError: ");
    says(make_calling, "natives cannot be called while the snapshot is made");
    says(make_broken, "broken:1\nvar 1;\n    ^\nUncaught SyntaxError: ");
}

static void open_throwing(void)
{
    struct js_source list[] = { SOURCE("throwing", throwing),
                                { NULL, NULL, 0 } };
    struct js_host host = { on_uncaught, on_wake, NULL };
    struct js *js;
    js_start(1, modules, (struct js_snapshot){ NULL, 0 }, list);
    CHECK_EQ(js_open(&js, &host), -ENOEXEC);
    js_stop();
}

TEST(so_it_is_without_a_snapshot)
{
    says(open_throwing, "throwing:2\n  null.x;\n");
}

/* ---- Threads ------------------------------------------------------------ */

static void *open_and_close(void *arg)
{
    (void)arg;
    for (int i = 0; i < CYCLES; i++) {
        struct harness *h = harness_open();
        check_library(h);
        harness_close(h);
    }
    return NULL;
}

static void storm(void)
{
    pthread_t threads[THREADS];
    js_start(2, modules, snapshot(), sources);
    for (int i = 0; i < THREADS; i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, open_and_close, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    js_stop();
}

TEST(many_threads_thaw_it_at_once)
{
    succeeds(storm);
}

static void *recurse(void *arg)
{
    (void)arg;
    struct harness *h = harness_open();
    is(h, "const f = n => { try { return f(n + 1) } catch (e) {"
          "return e.name + (n > 100) } };\n"
          "return f(0)", "RangeErrortrue");
    is(h, "const f = () => [1].map(f).concat(JSON.parse('[1]', f));\n"
          "try { f() } catch (e) { return e.name }", "RangeError");
    harness_close(h);
    return NULL;
}

static void small_stack(void)
{
    pthread_attr_t attr;
    pthread_t thread;
    js_start(1, modules, snapshot(), sources);
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, SMALL_STACK);
    CHECK_EQ(pthread_create(&thread, &attr, recurse, NULL), 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attr);
    recurse(NULL);
    js_stop();
}

TEST(a_small_stack_overflows_into_an_exception)
{
    succeeds(small_stack);
}

/* ---- V8's flags --------------------------------------------------------- */

static const char *flag;

static void thaw_with_flag(void)
{
    CHECK_TRUE(js_flag(flag));
    struct harness *h = start();
    check_library(h);
    is(h, "const f = x => x * 2; let t = 0;\n"
          "for (let i = 0; i < 1e5; i++) t += f(i); return t", "9999900000");
    stop(h);
}

TEST(it_serves_under_the_user_s_flags)
{
    static const char *const flags[] = {
        "--max-old-space-size=64", "--stack-size=300", "--jitless",
        "--expose-gc", "--no-opt", "--max-semi-space-size=1",
        "--single-threaded", "--no-single-threaded-gc", "--use-strict",
        "--no-lazy", "--random-seed=7", "--stress-compaction",
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        flag = flags[i];
        printf("    %s\n", flag);
        succeeds(thaw_with_flag);
    }
}

static void use_flags(void)
{
    CHECK_TRUE(js_flag("--expose-gc"));
    CHECK_TRUE(js_flag("--expose_gc"));
    CHECK_TRUE(js_flag("--stack-size=200"));
    CHECK_TRUE(!js_flag("--no-such-flag"));
    CHECK_TRUE(!js_flag("--max-old-space-size=abc"));
    CHECK_TRUE(!js_flag("program.js"));
    struct harness *h = start();
    is(h, "return typeof gc", "function");
    is(h, "let n = 0; const f = () => { n++; f() };\n"
          "try { f() } catch (e) { return n > 500 && n < 8000 }", "true");
    stop(h);
}

TEST(flags_do_what_they_say)
{
    struct child child = in_child(use_flags);
    CHECK_EQ(child.status, 0);
    CHECK_TRUE(strstr(child.said, "use_flags") == NULL);
}

static void print_flags(void)
{
    dup2(2, 1);
    js_flags_print();
}

TEST(the_flags_are_listed)
{
    says(print_flags, "  --use-strict ");
}

/* ---- The worst ---------------------------------------------------------- */

static void run_out(void)
{
    CHECK_TRUE(js_flag("--max-old-space-size=20"));
    struct harness *h = start();
    eval(h, "const a = []; for (;;) a.push(new Array(1000).fill(a.length))");
}

TEST(running_out_of_memory_is_told)
{
    struct child child = in_child(run_out);
    CHECK_TRUE(WIFSIGNALED(child.status) || WEXITSTATUS(child.status) != 0);
    CHECK_TRUE(strstr(child.said, "node: out of memory") != NULL);
}

static size_t resident(void)
{
    size_t size, pages;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK_EQ(fscanf(file, "%zu %zu", &size, &pages), 2);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void cycle(void)
{
    size_t before = 0;
    js_start(1, modules, snapshot(), sources);
    for (int i = 0; i < 120; i++) {
        struct harness *h = harness_open();
        is(h, "return emit(4)", "5");
        harness_close(h);
        if (i == 20)
            before = resident();
    }
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
    CHECK_TRUE(resident() < before + (16 << 20));
#else
    (void)before;
#endif
    js_stop();
}

TEST(closing_gives_the_memory_back)
{
    succeeds(cycle);
}
