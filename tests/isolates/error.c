// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

static js_value rejects(struct js *js, const struct js_args *args)
{
    return js_throw_error(js, JS_ERROR, "of C, with %d", js_argc(args));
}

static const struct js_function table[] = { { "compile", compile },
                                            { "rejects", rejects },
                                            { NULL, NULL } };

static struct harness *h;

/* The whole report of a program. */
static void reports(const char *text, const char *expected)
{
    CHECK_TEXT(eval(h, text), "NONE");
    CHECK_EQ(h->reports, 1);
    check_text(__FILE__, __LINE__, text, h->report, expected);
    h->reports = 0;
}

/* The same of one whose rejections are reported after it. */
static void rejections(const char *text, unsigned count, const char *last)
{
    CHECK_TEXT(eval(h, text), "undefined");
    check_text(__FILE__, __LINE__, text, count ? h->report : last, last);
    CHECK_EQ(h->reports, count);
    h->reports = 0;
}

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
}

/* ---- Errors ------------------------------------------------------------- */

TEST(an_error_is_told_with_line_caret_and_stack)
{
    reports("function thrower() {\n"
            "    throw new TypeError('what happened');\n"
            "}\n"
            "thrower();\n",
            "test.js:2\n"
            "    throw new TypeError('what happened');\n"
            "    ^\n"
            "TypeError: what happened\n"
            "    at thrower (test.js:2:11)\n"
            "    at test.js:4:1\n"
            "    at internal.run (harness:2:34)\n");
}

TEST(an_engine_s_own_error_is_told_where_it_happened)
{
    reports("var a = {};\n"
            "a.b.c();\n",
            "test.js:2\n"
            "a.b.c();\n"
            "    ^\n"
            "TypeError: Cannot read properties of undefined (reading 'c')\n"
            "    at test.js:2:5\n"
            "    at internal.run (harness:2:34)\n");
}

TEST(a_native_s_error_is_told_where_it_was_called)
{
    reports("\n  native.t.rejects(1, 2);",
            "test.js:2\n"
            "  native.t.rejects(1, 2);\n"
            "           ^\n"
            "Error: of C, with 2\n"
            "    at test.js:2:12\n"
            "    at internal.run (harness:2:34)\n");
}

TEST(a_syntax_error_is_told_with_its_place)
{
    reports("var a;\nvar b = ;\n",
            "test.js:2\n"
            "var b = ;\n"
            "        ^\n"
            "SyntaxError: Unexpected token ';'\n"
            "    at internal.run (harness:2:14)\n");
}

TEST(the_caret_spans_a_whole_token)
{
    reports("var a = 5 123;",
            "test.js:1\n"
            "var a = 5 123;\n"
            "          ^^^\n"
            "SyntaxError: Unexpected number\n"
            "    at internal.run (harness:2:14)\n");
}

TEST(tabs_and_wide_characters_keep_the_caret_in_place)
{
    reports("\t\tthrow 1",
            "test.js:1\n\t\tthrow 1\n\t\t^\nUncaught 1\n");
    reports("'\u6f22\u00e9'; throw 1",
            "test.js:1\n'\u6f22\u00e9'; throw 1\n      ^\nUncaught 1\n");
    reports("'\U0001f600'; throw 1",
            "test.js:1\n'\U0001f600'; throw 1\n     ^\nUncaught 1\n");
}

TEST(a_very_long_line_is_shown_around_the_spot)
{
    char text[3001], expected[1000];
    memset(text, ' ', 3000);
    memcpy(text + 1000, "throw 1;", 8);
    text[3000] = '\0';
    snprintf(expected, sizeof expected,
             "test.js:1\n%80sthrow 1;%72s\n%80s^\nUncaught 1\n", "", "", "");
    reports(text, expected);
}

TEST(an_error_from_elsewhere_is_told_where_it_was_thrown)
{
    reports("var e = new Error('made');\n"
            "function f() { throw e; }\n"
            "f();",
            "test.js:2\n"
            "function f() { throw e; }\n"
            "               ^\n"
            "Error: made\n"
            "    at test.js:1:9\n"
            "    at internal.run (harness:2:34)\n");
}

/* ---- Whatever can be thrown --------------------------------------------- */

TEST(values_that_are_no_errors_are_shown)
{
#define HEAD(line) "test.js:1\n" line "\n^\n"
    reports("throw 42", HEAD("throw 42") "Uncaught 42\n");
    reports("throw 'text'", HEAD("throw 'text'") "Uncaught text\n");
    reports("throw ''", HEAD("throw ''") "Uncaught \n");
    reports("throw 'two\\nlines\\n'",
            HEAD("throw 'two\\nlines\\n'") "Uncaught two\nlines\n");
    reports("throw undefined", HEAD("throw undefined") "Uncaught undefined\n");
    reports("throw null", HEAD("throw null") "Uncaught null\n");
    reports("throw 1n", HEAD("throw 1n") "Uncaught 1\n");
    reports("throw Symbol('s')", HEAD("throw Symbol('s')")
            "Uncaught Symbol(s)\n");
    reports("throw {}", HEAD("throw {}") "Uncaught [object Object]\n");
    reports("throw [1, 2]", HEAD("throw [1, 2]") "Uncaught 1,2\n");
    reports("throw {toString: () => 'mine'}",
            HEAD("throw {toString: () => 'mine'}") "Uncaught mine\n");
    reports("throw '\\ud800'", HEAD("throw '\\ud800'") "Uncaught \ufffd\n");
}

TEST(nothing_that_is_thrown_can_throw_in_the_report)
{
    reports("throw {toString() { throw 1 }}",
            HEAD("throw {toString() { throw 1 }}")
            "Uncaught [object Object]\n");
    reports("throw new Proxy({}, {get() { throw 1 }})",
            HEAD("throw new Proxy({}, {get() { throw 1 }})")
            "Uncaught #<Object>\n");
    reports("throw Object.create(null)",
            HEAD("throw Object.create(null)")
            "Uncaught [object Object]\n");
    reports("var e = new Error('m');\n"
            "Object.defineProperty(e, 'stack', {get() { throw 1 }});\n"
            "throw e",
            "test.js:3\nthrow e\n^\nUncaught Error: m\n");
    reports("var e = new Error('m'); e.stack = {};\nthrow e",
            "test.js:2\nthrow e\n^\nUncaught Error: m\n");
    reports("var e = new Error('m'); e.stack = '';\nthrow e",
            "test.js:2\nthrow e\n^\nUncaught Error: m\n");
    reports("var p = new Proxy(new Error('m'), {});\nthrow p",
            "test.js:2\nthrow p\n^\nUncaught Error: m\n");
}

TEST(a_broken_prepare_stack_trace_hides_nothing)
{
    reports("Error.prepareStackTrace = () => { throw 1 };\n"
            "throw new Error('m')",
            "test.js:2\nthrow new Error('m')\n^\nUncaught Error: m\n");
    CHECK_TEXT(eval(h, "delete Error.prepareStackTrace"), "undefined");
}

TEST(code_without_a_file_has_no_line)
{
    reports("eval('throw 5')", "Uncaught 5\n");
}

TEST(a_stack_overflow_is_told)
{
    CHECK_TEXT(eval(h, "function f() { f(); }\nf();"), "NONE");
    CHECK_EQ(h->reports, 1);
    CHECK_TRUE(strstr(h->report, "test.js:1\nfunction f() { f(); }\n") ==
               h->report);
    CHECK_TRUE(strstr(h->report, "\nRangeError: Maximum call stack") != NULL);
    h->reports = 0;
}

/* ---- Rejections --------------------------------------------------------- */

TEST(a_rejection_nobody_handles_is_reported)
{
    rejections("\n  Promise.reject(new Error('lost'));", 1,
               "test.js:2\n"
               "  Promise.reject(new Error('lost'));\n"
               "                 ^\n"
               "Error: lost\n"
               "    at test.js:2:18\n"
               "    at internal.run (harness:2:34)\n");
    rejections("(async function f() {\n"
               "    await null;\n"
               "    throw new Error('async');\n"
               "})();", 1,
               "test.js:3\n"
               "    throw new Error('async');\n"
               "          ^\n"
               "Error: async\n"
               "    at f (test.js:3:11)\n");
}

TEST(so_is_one_with_any_value)
{
    rejections("\nPromise.reject(42);", 1,
               "test.js:2\n"
               "Promise.reject(42);\n"
               "        ^\n"
               "Uncaught 42\n");
    rejections("(async () => {\n  await 1;\n  throw 'text';\n})();", 1,
               "test.js:3\n"
               "  throw 'text';\n"
               "  ^\n"
               "Uncaught text\n");
    rejections("Promise.reject(new Proxy({}, {get() { throw 1 }}))", 1,
               "test.js:1\n"
               "Promise.reject(new Proxy({}, {get() { throw 1 }}))\n"
               "        ^\n"
               "Uncaught #<Object>\n");
}

TEST(a_rejection_handled_in_time_is_none)
{
    rejections("Promise.reject(1).catch(() => {})", 0, "");
    rejections("const p = Promise.reject(1);\n"
               "Promise.resolve().then(() => {}).then(() => p.catch(() => 1))",
               0, "");
    rejections("Promise.allSettled([1, 2].map(x => Promise.reject(x)))",
               0, "");
    rejections("(async () => { try { await Promise.reject(1) } catch {} })()",
               0, "");
}

TEST(handling_one_hands_on_to_the_next)
{
    rejections("Promise.reject(1).then(() => {})", 1, "Uncaught 1\n");
    rejections("Promise.reject(1).catch(() => { throw 2 })", 1,
               "Uncaught 2\n");
}

TEST(each_rejection_is_reported)
{
    CHECK_TEXT(eval(h, "Promise.reject(1); Promise.reject(2)"), "undefined");
    CHECK_EQ(h->reports, 2);
    CHECK_TRUE(strstr(h->report, "Uncaught 2\n") != NULL);
    h->reports = 0;
    rejections("", 0, "");
}

TEST(nothing_runs_after_the_report_of_one_who_stops)
{
    h->stop = true;
    CHECK_TEXT(eval(h, "globalThis.ran = false;\n"
                       "Promise.reject(1); Promise.reject(2);\n"
                       "Promise.resolve().then(() => { ran = true });\n"
                       "throw 3"), "NONE");
    CHECK_EQ(h->reports, 1);
    CHECK_TRUE(strstr(h->report, "Uncaught 3\n") != NULL);
    js_resume(h->js);
    h->reports = 0;
    CHECK_TEXT(eval(h, "Promise.reject(1); Promise.reject(2)"), "NONE");
    CHECK_EQ(h->reports, 1);
    js_resume(h->js);
    h->stop = false;
    h->reports = 0;
    CHECK_TEXT(eval(h, "return ran"), "false");
    CHECK_EQ(h->reports, 0);
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
