// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <errno.h>

static js_value arguments(struct js *js, const struct js_args *args)
{
    char text[100];
    snprintf(text, sizeof text, "%d:", js_argc(args));
    js_value list[6];
    list[0] = js_string(js, text, strlen(text));
    list[5] = js_this(args);
    for (int i = 0; i < 4; i++)
        list[i + 1] = js_arg(args, i);
    return js_array(js, list, 6);
}

/* throws(kind, text) */
static js_value throws(struct js *js, const struct js_args *args)
{
    char *text = js_copy_utf8(js, js_arg(args, 1), NULL);
    int kind = js_to_integer(js_arg(args, 0));
    CHECK_TRUE(js_is_none(
        js_throw_error(js, (enum js_error)kind, "%s %d%%", text, 5)));
    free(text);
    return JS_NONE;
}

static js_value throws_value(struct js *js, const struct js_args *args)
{
    return js_throw(js, js_arg(args, 0));
}

static js_value throws_errno(struct js *js, const struct js_args *args)
{
    return js_throw_errno(js, js_to_integer(js_arg(args, 0)), "open %s", "x");
}

static js_value makes_errno(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_error_errno(js, -EADDRINUSE, "listen on port 80");
}

/* calls(function, argument...) */
static js_value calls(struct js *js, const struct js_args *args)
{
    js_value argv[] = { js_arg(args, 1), js_arg(args, 2) };
    return js_call(js, js_arg(args, 0), js_this(args), 2, argv);
}

/* takes(function): what it threw, or "nothing". */
static js_value takes(struct js *js, const struct js_args *args)
{
    struct js_scope scope;
    js_scope_open(js, &scope);
    js_call(js, js_arg(args, 0), js_undefined(js), 0, NULL);
    js_scope_close(&scope);
    js_value exception = js_take_exception(js);
    CHECK_TRUE(js_is_none(js_take_exception(js)));
    if (js_is_none(exception))
        return js_symbol_string(js, "nothing");
    return exception;
}

/* What throws without js_call(), each in turn. */
static js_value takes_others(struct js *js, const struct js_args *args)
{
    js_value list[5];
    js_value object = js_arg(args, 0), code = js_symbol_string(js, "1 1");
    js_get(js, object, "x");
    list[0] = js_take_exception(js);
    js_set_index(js, object, 7, object);
    list[1] = js_take_exception(js);
    js_copy_utf8(js, object, NULL);
    list[2] = js_take_exception(js);
    js_run_script(js, code, "x.js");
    list[3] = js_take_exception(js);
    js_throw_error(js, JS_ERROR, "five");
    list[4] = js_take_exception(js);
    return js_array(js, list, 5);
}

/* enters(function): what a nested turn of the loop does. */
static js_value enters(struct js *js, const struct js_args *args)
{
    js_value result =
        js_enter(js, js_arg(args, 0), js_undefined(js), 0, NULL);
    if (js_is_none(result))
        return js_symbol_string(js, "none");
    return result;
}

/* enters_failing(f, g): f's exception is still pending while g is entered. */
static js_value enters_failing(struct js *js, const struct js_args *args)
{
    js_value none = js_call(js, js_arg(args, 0), js_undefined(js), 0, NULL);
    CHECK_TRUE(js_is_none(none));
    js_enter(js, js_arg(args, 1), js_undefined(js), 0, NULL);
    return JS_NONE;
}

static js_value may_wait(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_boolean(js, js_may_wait(js));
}

static js_value run_script(struct js *js, const struct js_args *args)
{
    return js_run_script(js, js_arg(args, 0), "script.js");
}

static const struct js_function table[] = {
    { "compile", compile },
    { "arguments", arguments },
    { "throws", throws },
    { "throwsValue", throws_value },
    { "throwsErrno", throws_errno },
    { "makesErrno", makes_errno },
    { "calls", calls },
    { "takes", takes },
    { "takesOthers", takes_others },
    { "enters", enters },
    { "entersFailing", enters_failing },
    { "mayWait", may_wait },
    { "runScript", run_script },
    { NULL, NULL },
};

static struct harness *h;

static void is(const char *text, const char *expected)
{
    check_text(__FILE__, __LINE__, text, eval(h, text), expected);
    if (h->reports > 0)
        fprintf(stderr, "%s", h->report);
    CHECK_EQ(h->reports, 0);
    h->reports = 0;
}

/* One report, which begins so. */
static void is_reported(const char *begin)
{
    CHECK_EQ(h->reports, 1);
    h->reports = 0;
    h->report[strlen(begin)] = '\0';
    CHECK_TEXT(h->report, begin);
}

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
}

/* ---- Natives ------------------------------------------------------------ */

TEST(arguments_arrive_and_are_undefined_past_the_end)
{
    is("return native.t.arguments.call('me')", "0:,,,,,me");
    is("return native.t.arguments.call('me', 1, 'b', [3])",
       "3:,1,b,3,,me");
    is("return native.t.arguments.call('me', 1, 2, 3, 4, 5, 6)",
       "6:,1,2,3,4,me");
    is("return native.t.arguments(1)[5] === native.t", "true");
}

TEST(natives_are_named_and_no_constructors)
{
    is("return native.t.mayWait.name", "mayWait");
    is("try { new native.t.mayWait } catch (e) { return e.name }",
       "TypeError");
}

TEST(natives_throw_each_kind)
{
    is("try { native.t.throws(0, 'a') } catch (e) {"
       "return e.constructor === Error && e.message }", "a 5%");
    is("try { native.t.throws(1, '\\u6f22') } catch (e) {"
       "return e instanceof TypeError && e.message }", "\u6f22 5%");
    is("try { native.t.throws(2, 'x'.repeat(5000)) } catch (e) {"
       "return e instanceof RangeError && e.message.length }", "5003");
    is("try { native.t.throwsValue(null) } catch (e) { return e }", "null");
}

TEST(errno_errors_name_code_and_number)
{
    is("try { native.t.throwsErrno(-2) } catch (e) {"
       "return [e instanceof Error, e.message, e.code, e.errno].join('|') }",
       "true|open x: No such file or directory|ENOENT|2");
    is("const e = native.t.makesErrno();"
       "return [e.message, e.code, e.errno].join('|')",
       "listen on port 80: Address already in use|EADDRINUSE|98");
    is("try { native.t.throwsErrno(-4095) } catch (e) {"
       "return [e.message, e.code, e.errno].join('|') }",
       "open x: unknown error 4095|UNKNOWN|4095");
}

/* ---- Calls -------------------------------------------------------------- */

TEST(a_call_passes_its_arguments)
{
    is("return native.t.calls(function (a, b) {"
       "return (this === native.t) + a + b }, 'A', 'B')", "trueAB");
}

TEST(what_is_no_function_cannot_be_called)
{
    is("try { native.t.calls({}) } catch (e) { return e.name }", "TypeError");
    CHECK_TEXT(eval(h, "return native.t.enters(5)"), "none");
    CHECK_EQ(h->reports, 1);
    h->reports = 0;
}

TEST(an_exception_passes_through_a_native_unchanged)
{
    is("const e = new Error('e');\n"
       "try { native.t.calls(() => { throw e }) }\n"
       "catch (x) { return x === e }", "true");
    is("try { native.t.calls(() => native.t.calls(() => { throw 7 })) }\n"
       "catch (x) { return x }", "7");
}

TEST(its_position_stays_where_it_was_thrown)
{
    CHECK_TEXT(eval(h, "native.t.calls(() => {\n  throw 5;\n});"), "NONE");
    is_reported("test.js:2\n  throw 5;\n  ^\nUncaught 5\n");
}

TEST(taken_exceptions_are_gone)
{
    is("return native.t.takes(() => { throw 'e' }) + 1", "e1");
    is("return native.t.takes(() => { native.t.throws(1, 'e') }).message",
       "e 5%");
    is("return native.t.takes(() => 5)", "nothing");
    is("const list = []; for (let i = 0; i < 3; i++)"
       "list.push(native.t.takes(() => { throw i })); return list", "0,1,2");
}

TEST(every_kind_of_exception_is_taken)
{
    is("const o = new Proxy({}, {get() { throw 'get' },"
       "set() { throw 'set' }});"
       "return native.t.takesOthers(o)",
       "get,set,get,SyntaxError: Unexpected number,Error: five");
}

TEST(an_older_exception_is_not_taken_for_a_newer)
{
    is("try { native.t.calls(() => { throw 'old' }) } catch (e) {}\n"
       "return native.t.takes(() => 5)", "nothing");
}

/* ---- Entering ----------------------------------------------------------- */

TEST(microtasks_run_when_the_entered_function_is_done)
{
    is("globalThis.log = ['a'];\n"
       "Promise.resolve().then(() => log.push('d'))\n"
       "    .then(() => log.push('e'));\n"
       "native.t.calls(() => log.push('b'));\n"
       "log.push('c')", "undefined");
    is("return log", "a,b,c,d,e");
}

TEST(microtasks_run_in_a_nested_enter)
{
    is("const log = [];\n"
       "Promise.resolve().then(() => log.push('micro'));\n"
       "native.t.enters(() => log.push('nested'));\n"
       "return log", "nested,micro");
    is("const log = [];\n"
       "native.t.enters(() => { (async () => {\n"
       "    await null; log.push(1); await null; log.push(2) })() });\n"
       "return log", "1,2");
}

TEST(nested_enters_return_and_go_deep)
{
    is("const f = n => n ? native.t.enters(() => f(n - 1)) + 1 : 0;\n"
       "return f(60)", "60");
}

TEST(a_microtask_may_not_wait)
{
    is("globalThis.log = [native.t.mayWait()];\n"
       "native.t.enters(() => { log.push(native.t.mayWait()) });\n"
       "Promise.resolve().then(() => log.push(native.t.mayWait()))\n"
       "    .then(() => native.t.enters(() => {\n"
       "        Promise.resolve().then(() => log.push('later'));\n"
       "        log.push(native.t.mayWait()) }))\n"
       "    .then(() => log.push('end'));", "undefined");
    is("return log", "true,true,false,false,later,end");
}

TEST(a_microtask_s_rejection_waits_for_its_checkpoint)
{
    is("Promise.resolve().then(() => {\n"
       "    const p = Promise.reject(1);\n"
       "    native.t.enters(() => 5);\n"
       "    p.catch(() => {}) })", "undefined");
}

TEST(a_nested_exception_is_reported_and_goes_no_further)
{
    CHECK_TEXT(eval(h, "try {\n"
                       "  const r = native.t.enters(() => { throw 'in' });\n"
                       "  return 'on, ' + r;\n"
                       "} catch (e) { return 'caught ' + e }"),
               "on, none");
    is_reported("test.js:2\n");
}

TEST(both_frames_of_a_nested_enter_can_fail)
{
    CHECK_TEXT(eval(h, "try { native.t.enters(() => { throw 1 }) }\n"
                       "finally { throw 2 }"), "NONE");
    CHECK_EQ(h->reports, 2);
    CHECK_TRUE(strstr(h->report, "Uncaught 2") != NULL);
    h->reports = 0;
}

TEST(a_pending_exception_survives_a_nested_enter)
{
    is("globalThis.ran = false;\n"
       "try { native.t.entersFailing(() => { throw 'mine' },\n"
       "                             () => { ran = true }) }\n"
       "catch (e) { return e + ran }", "minetrue");
    CHECK_TEXT(eval(h, "try { native.t.entersFailing(() => { throw 'mine' },\n"
                       "                             () => { throw 'its' }) }\n"
                       "catch (e) { return e }"), "mine");
    is_reported("test.js:2\n");
}

TEST(an_exception_in_a_nested_enter_s_microtask_is_reported)
{
    CHECK_TEXT(eval(h, "native.t.enters(() => {\n"
                       "  Promise.reject(new Error('nobody'));\n"
                       "});\n"
                       "return 'on'"), "on");
    is_reported("test.js:2\n");
}

/* ---- Compiling ---------------------------------------------------------- */

TEST(a_function_s_positions_are_the_file_s)
{
    CHECK_TEXT(eval_file(h, "a.js", "throw 1;"), "NONE");
    is_reported("a.js:1\nthrow 1;\n^\n");
    CHECK_TEXT(eval_file(h, "a.js", "\n\n   throw 1;"), "NONE");
    is_reported("a.js:3\n   throw 1;\n   ^\n");
    is("return new Error('x').stack.split('\\n')[1]",
       "    at test.js:1:8");
}

TEST(a_hashbang_is_skipped)
{
    CHECK_TEXT(eval_file(h, "a.js", "#!/usr/bin/env node\nthrow 1;"), "NONE");
    is_reported("a.js:2\nthrow 1;\n^\n");
    is("#!", "undefined");
    is("#!\nreturn 1", "1");
    is("#!caf\u00e9 \u6f22\nreturn '\u6f22'", "\u6f22");
    CHECK_TEXT(eval(h, " #!\nreturn 1"), "NONE");
    is_reported("test.js:1\n #!\n");
}

TEST(a_syntax_error_tells_its_place)
{
    CHECK_TEXT(eval_file(h, "bad.js", "var a = 1;\nvar b = 5 5;\n"), "NONE");
    is_reported("bad.js:2\nvar b = 5 5;\n          ^\n"
                "SyntaxError: Unexpected number\n");
    CHECK_TEXT(eval_file(h, "bad.js", "function f() {"), "NONE");
    is_reported("bad.js:1\n");
}

TEST(a_function_body_cannot_be_left)
{
    CHECK_TEXT(eval_file(h, "bad.js", "}); (function () {"), "NONE");
    is_reported("bad.js:1\n}); (function () {\n^\nSyntaxError");
    is("return 1 // the end", "1");
    is("return 1 <!-- the end", "1");
}

TEST(static_import_is_a_syntax_error)
{
    CHECK_TEXT(eval(h, "import x from 'x'"), "NONE");
    is_reported("test.js:1\nimport x from 'x'\n^^^^^^\nSyntaxError");
}

TEST(dynamic_import_rejects)
{
    is("import('fs').catch(e => { globalThis.why = e })", "undefined");
    is("return why instanceof Error && why.message",
       "import is not supported yet: use require()");
}

TEST(programs_are_sloppy_unless_they_say_otherwise)
{
    is("x1 = 010; return x1 + ' ' + (this === globalThis)", "8 true");
    is("'use strict'; return this", "undefined");
}

TEST(a_script_runs_in_the_global_scope)
{
    is("return native.t.runScript('var g1 = 5; let g2 = 6; g1 + 1')", "6");
    is("return g1 + g2 + globalThis.g1", "16");
    is("try { native.t.runScript('\\n  nope()') }"
       "catch (e) { return e.stack.split('\\n')[1] }",
       "    at script.js:2:3");
    is("try { native.t.runScript('1 1') } catch (e) { return e.name }",
       "SyntaxError");
    is("return native.t.runScript('#!x\\n7')", "7");
}

TEST(internal_and_global_are_what_the_sources_see)
{
    struct js_scope scope;
    js_scope_open(h->js, &scope);
    is("globalThis.here = 1; internal.there = 2", "undefined");
    CHECK_EQ(js_to_integer(js_get(h->js, js_global(h->js), "here")), 1);
    CHECK_EQ(js_to_integer(js_get(h->js, js_internal(h->js), "there")), 2);
    js_scope_close(&scope);
}

TEST(recursion_ends_in_a_range_error)
{
    is("const f = () => f() + 1;\n"
       "try { f() } catch (e) { return e.name }", "RangeError");
    is("const f = () => native.t.calls(f) + 1;\n"
       "try { f() } catch (e) { return e.name }", "RangeError");
    CHECK_TEXT(eval(h, "const f = () => native.t.enters(f);\n"
                       "f(); return 'alive'"), "alive");
    is_reported("test.js:1\n");
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
