// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <pthread.h>
#include <semaphore.h>

/*
 * The last clone, in one place for all isolates.  Each program says what a value
 * looks like on the other side by show(): a text of all that is in it, in which
 * #n is the n-th object once more.
 */
static struct js_clone *kept;

static void drop(void)
{
    if (kept != NULL)
        js_clone_unref(kept);
    kept = NULL;
}

/* clone(value, moved) */
static js_value writes(struct js *js, const struct js_args *args)
{
    drop();
    kept = js_clone_new(js, js_arg(args, 0), js_arg(args, 1));
    return kept == NULL ? JS_NONE : js_undefined(js);
}

static js_value reads(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_clone_read(js, kept);
}

static js_value may_hold_error(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_boolean(js, js_clone_may_hold_error(kept));
}

static js_value forbid(struct js *js, const struct js_args *args)
{
    js_clone_forbid(js, js_arg(args, 0));
    return js_undefined(js);
}

static const struct js_function table[] = {
    { "compile", compile }, { "clone", writes },
    { "read", reads },       { "mayHoldError", may_hold_error },
    { "forbid", forbid },   { NULL, NULL }
};

static const char show[] =
    "globalThis.show = (v, seen = new Map) => {\n"
    "    const s = v => show(v, seen);\n"
    "    const all = (list, f) => Array.from(list, f).join(', ');\n"
    "    if (typeof v === 'string') return JSON.stringify(v);\n"
    "    if (typeof v === 'bigint') return v + 'n';\n"
    "    if (Object.is(v, -0)) return '-0';\n"
    "    if (typeof v !== 'object' || v === null) return String(v);\n"
    "    if (seen.has(v)) return '#' + seen.get(v);\n"
    "    seen.set(v, seen.size);\n"
    "    const proto = Object.getPrototypeOf(v);\n"
    "    const type = proto === null ? 'null' : proto.constructor.name;\n"
    "    const of = text => type + '(' + text + ')';\n"
    "    if (v instanceof Map)\n"
    "        return of(all(v, ([k, v]) => s(k) + ' => ' + s(v)));\n"
    "    if (v instanceof Set) return of(all(v, s));\n"
    "    if (v instanceof Date) return of(v.getTime());\n"
    "    if (v instanceof RegExp) return of(v + ' ' + v.lastIndex);\n"
    "    if (Error.isError(v))\n"
    "        return of([v.name, s(v.message)].concat(\n"
    "            Object.hasOwn(v, 'cause') ? s(v.cause) : [],\n"
    "            Object.keys(v)).join(', '));\n"
    "    if (v instanceof ArrayBuffer || v instanceof SharedArrayBuffer)\n"
    "        return of(all(new Uint8Array(v), String) +\n"
    "            (v.resizable || v.growable ? ' of ' + v.maxByteLength : ''));\n"
    "    if (v instanceof DataView)\n"
    "        return of([v.byteOffset, v.byteLength, s(v.buffer)].join(', '));\n"
    "    if (ArrayBuffer.isView(v))\n"
    "        return of([v.byteOffset, '[' + all(v, s) + ']', s(v.buffer)]\n"
    "            .join(', '));\n"
    "    if (/^(Boolean|Number|String|BigInt)$/.test(type))\n"
    "        return of(s(v.valueOf()));\n"
    "    const keys = Object.keys(v).filter(\n"
    "        k => !Array.isArray(v) || !(k in [].concat(v)));\n"
    "    const rest = all(keys, k => k + ': ' + s(v[k]));\n"
    "    if (!Array.isArray(v)) return (type === 'Object' ? '' : type) +\n"
    "        '{' + rest + '}';\n"
    "    return '[' + all(v, (item, i) => i in v ? s(item) : '') +\n"
    "        (rest && '; ' + rest) + ']';\n"
    "};\n";

static struct harness *from;

/* The other side: an isolate with a thread of its own, which runs a program
 * whenever there() asks. */
static struct other {
    pthread_t thread;
    sem_t asked, answered;
    const char *text; /* NULL: the end */
    const char *result;
} other;

static void *run_other(void *arg)
{
    (void)arg;
    struct harness *h = harness_open();
    eval(h, show);
    for (;;) {
        sem_wait(&other.asked);
        if (other.text == NULL)
            break;
        other.result = eval(h, other.text);
        sem_post(&other.answered);
    }
    harness_close(h);
    return NULL;
}

static const char *there(const char *text)
{
    other.text = text;
    sem_post(&other.asked);
    sem_wait(&other.answered);
    return other.result;
}

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    from = harness_open();
    eval(from, show);
    sem_init(&other.asked, 0, 0);
    sem_init(&other.answered, 0, 0);
    CHECK_EQ(pthread_create(&other.thread, NULL, run_other, NULL), 0);
}

/* Clone what the function body `make` returns; show() it at the other side. */
static const char *pass(const char *make)
{
    char text[4096];
    snprintf(text, sizeof text,
             "try { native.t.clone((() => { %s })()); return 'cloned'; }\n"
             "catch (e) { return e.name + ': ' + e.message; }",
             make);
    if (strcmp(eval(from, text), "cloned") != 0)
        return from->result;
    return there("return show(native.t.read());");
}

static const char *pass_value(const char *value)
{
    char text[2048];
    snprintf(text, sizeof text, "return (%s);", value);
    return pass(text);
}

struct row {
    const char *value;
    const char *seen;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(__FILE__, __LINE__, rows[i].value,
                   pass_value(rows[i].value), rows[i].seen);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof *rows)

TEST(primitive_values_arrive_as_they_are)
{
    static const struct row rows[] = {
        { "undefined", "undefined" },
        { "null", "null" },
        { "true", "true" },
        { "false", "false" },
        { "0", "0" },
        { "-0", "-0" },
        { "-1", "-1" },
        { "2147483647", "2147483647" },
        { "-2147483648", "-2147483648" },
        { "2 ** 53 + 2", "9007199254740994" },
        { "5e-324", "5e-324" },
        { "NaN", "NaN" },
        { "-Infinity", "-Infinity" },
        { "0n", "0n" },
        { "-(2n ** 70n)", "-1180591620717411303424n" },
        { "''", "\"\"" },
        { "'a\\0b'", "\"a\\u0000b\"" },
        { "'\\xe9\\xff'", "\"\303\251\303\277\"" },
        { "'\\u20ac\\u{1f600}'", "\"\342\202\254\360\237\230\200\"" },
        { "'x\\ud800'", "\"x\\ud800\"" },
        { "'\\udc00\\ud800'", "\"\\udc00\\ud800\"" },
        { "new Boolean(false)", "Boolean(false)" },
        { "new Number(-0)", "Number(-0)" },
        { "new String('\\u20ac')", "String(\"\342\202\254\")" },
        { "Object(7n)", "BigInt(7n)" },
    };
    CHECK_ROWS(rows);
    eval(from, "native.t.clone(['long \\u20ac'.repeat(100000)]);");
    CHECK_TEXT(there("return native.t.read()[0] ==="
                        "    'long \\u20ac'.repeat(100000);"),
               "true");
}

TEST(objects_arrive_with_what_they_own)
{
    static const struct row rows[] = {
        { "{}", "{}" },
        { "{a: 1, 'b c': {d: []}, 7: 'x'}",
          "{7: \"x\", a: 1, b c: {d: []}}" },
        { "Object.create(null)", "{}" },
        { "Object.create({inherited: 1}, {hidden: {value: 1}})", "{}" },
        { "new (class A { #p = 1; q = 2; get r() { return 3; } })", "{q: 2}" },
        { "{get x() { return 'got'; }}", "{x: \"got\"}" },
        { "{[Symbol('s')]: 1, __proto__: null}", "{}" },
        { "[]", "[]" },
        { "[1, , undefined, null]", "[1, , undefined, null]" },
        { "[, ,]", "[, ]" },
        { "[1.5, -0, NaN]", "[1.5, -0, NaN]" },
        { "Object.assign([1, 2], {name: 'n'})", "[1, 2; name: \"n\"]" },
        { "(a => { a[70000] = 1; a.length = 3; return a; })([0])",
          "[0, , ]" },
        { "new (class A extends Array {})(2)", "[, ]" },
    };
    CHECK_ROWS(rows);
    CHECK_TEXT(pass("var a = []; a[4000000000] = 'far'; return {get length()"
                    "    { return a.length; }, far: a[4000000000]};"),
               "{length: 4000000001, far: \"far\"}");
}

TEST(collections_dates_and_expressions_arrive)
{
    static const struct row rows[] = {
        { "new Map([[1, 'a'], [{k: 1}, new Map()], [NaN, -0]])",
          "Map(1 => \"a\", {k: 1} => Map(), NaN => -0)" },
        { "new Set(['a', NaN, new Set([1])])", "Set(\"a\", NaN, Set(1))" },
        { "Object.assign(new Map(), {dropped: 1})", "Map()" },
        { "new Date(1254355200123)", "Date(1254355200123)" },
        { "new Date(NaN)", "Date(NaN)" },
        { "/a\\/b\\u20ac/giu", "RegExp(/a\\/b\\u20ac/giu 0)" },
        { "(r => { r.exec('xa'); return r; })(/a/y)", "RegExp(/a/y 0)" },
    };
    CHECK_ROWS(rows);
}

TEST(errors_keep_class_message_stack_and_cause)
{
    static const struct row rows[] = {
        { "new Error('m')", "Error(Error, \"m\")" },
        { "new Error()", "Error(Error, \"\")" },
        { "new EvalError('m')", "EvalError(EvalError, \"m\")" },
        { "new RangeError('m')", "RangeError(RangeError, \"m\")" },
        { "new ReferenceError('m')", "ReferenceError(ReferenceError, \"m\")" },
        { "new SyntaxError('m')", "SyntaxError(SyntaxError, \"m\")" },
        { "new TypeError('m')", "TypeError(TypeError, \"m\")" },
        { "new URIError('m')", "URIError(URIError, \"m\")" },
        { "new Error('\\u20ac', {cause: new TypeError('c', {cause: [1]})})",
          "Error(Error, \"\342\202\254\", TypeError(TypeError, \"c\", [1]))" },
        { "new Error('m', {cause: undefined})",
          "Error(Error, \"m\", undefined)" },
        { "new (class Mine extends RangeError {})('m')",
          "RangeError(RangeError, \"m\")" },
        { "Object.assign(new Error('m'), {name: 'Mine', code: 'EMINE'})",
          "Error(Error, \"m\")" },
        { "new AggregateError([new Error('inner')], 'm')",
          "Error(Error, \"m\")" },
    };
    CHECK_ROWS(rows);
    pass("globalThis.error = new Error('m', {cause: 1}); return error;");
    CHECK_TEXT(there("var e = native.t.read(); return [e.stack,"
                        "    Object.keys(e).length].join();"),
               eval(from, "return [error.stack, 0].join();"));
}

TEST(buffers_and_their_views_arrive)
{
    static const struct row rows[] = {
        { "new ArrayBuffer(0)", "ArrayBuffer()" },
        { "new Uint8Array([1, 2]).buffer", "ArrayBuffer(1, 2)" },
        { "new ArrayBuffer(2, {maxByteLength: 9})", "ArrayBuffer(0, 0 of 9)" },
        { "new Int8Array([-1])", "Int8Array(0, [-1], ArrayBuffer(255))" },
        { "new Uint8Array([255])", "Uint8Array(0, [255], ArrayBuffer(255))" },
        { "new Uint8ClampedArray([300])",
          "Uint8ClampedArray(0, [255], ArrayBuffer(255))" },
        { "new Int16Array([-2])", "Int16Array(0, [-2], ArrayBuffer(254, 255))" },
        { "new Uint16Array([258])", "Uint16Array(0, [258], ArrayBuffer(2, 1))" },
        { "new Int32Array([-2])",
          "Int32Array(0, [-2], ArrayBuffer(254, 255, 255, 255))" },
        { "new Uint32Array([2])",
          "Uint32Array(0, [2], ArrayBuffer(2, 0, 0, 0))" },
        { "new Float16Array([1.5])",
          "Float16Array(0, [1.5], ArrayBuffer(0, 62))" },
        { "new Float32Array([1.5])",
          "Float32Array(0, [1.5], ArrayBuffer(0, 0, 192, 63))" },
        { "new Float64Array([-0])",
          "Float64Array(0, [-0], ArrayBuffer(0, 0, 0, 0, 0, 0, 0, 128))" },
        { "new BigInt64Array([-1n])",
          "BigInt64Array(0, [-1n], "
          "ArrayBuffer(255, 255, 255, 255, 255, 255, 255, 255))" },
        { "new BigUint64Array([1n])",
          "BigUint64Array(0, [1n], ArrayBuffer(1, 0, 0, 0, 0, 0, 0, 0))" },
        { "new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)",
          "DataView(1, 2, ArrayBuffer(1, 2, 3, 4))" },
        { "new Uint16Array(new ArrayBuffer(6), 2, 1)",
          "Uint16Array(2, [0], ArrayBuffer(0, 0, 0, 0, 0, 0))" },
        { "(b => [new Uint8Array(b), b, new Int8Array(b, 1)])"
          "(new ArrayBuffer(2))",
          "[Uint8Array(0, [0, 0], ArrayBuffer(0, 0)), #2, "
          "Int8Array(1, [0], #2)]" },
        { "new Uint8Array(new ArrayBuffer(2, {maxByteLength: 9}))",
          "Uint8Array(0, [0, 0], ArrayBuffer(0, 0 of 9))" },
    };
    CHECK_ROWS(rows);
}

TEST(shared_memory_stays_the_same)
{
    CHECK_TEXT(pass("globalThis.shared = new SharedArrayBuffer(2);"
                    "return [shared, new Uint8Array(shared), shared];"),
               "[SharedArrayBuffer(0, 0), Uint8Array(0, [0, 0], #1), #1]");
    there("globalThis.there = native.t.read()[1]; there[0] = 42;");
    CHECK_TEXT(eval(from, "var a = new Uint8Array(shared); a[1] = 43;"
                          "shared = undefined; return a[0];"),
               "42");
    drop();
    js_collect(from->js);
    CHECK_TEXT(there("return there.join();"), "42,43");
    CHECK_TEXT(pass("var a = new SharedArrayBuffer(1);"
                    "var b = new SharedArrayBuffer(2); return [b, a, b];"),
               "[SharedArrayBuffer(0, 0), SharedArrayBuffer(0), #1]");
    CHECK_TEXT(pass("return new SharedArrayBuffer(1, {maxByteLength: 3});"),
               "SharedArrayBuffer(0 of 3)");
    there("globalThis.there = native.t.read(); there.grow(2);");
    CHECK_TEXT(there("return show(native.t.read())"),
               "SharedArrayBuffer(0, 0 of 3)");
}

TEST(the_same_object_twice_stays_one_and_cycles_close)
{
    CHECK_TEXT(pass("var o = {}; return [o, o, {o}];"), "[{}, #1, {o: #1}]");
    CHECK_TEXT(pass("var o = {}; o.self = o; o.list = [o]; return o;"),
               "{self: #0, list: [#0]}");
    CHECK_TEXT(pass("var m = new Map(); m.set(m, m); return m;"),
               "Map(#0 => #0)");
    CHECK_TEXT(pass("var s = new Set(); s.add([s]); return s;"),
               "Set([#0])");
    CHECK_TEXT(pass("var e = new Error('m'); e.cause = [e]; return e;"),
               "Error(Error, \"m\", [#0])");
    CHECK_TEXT(pass("var d = new Date(1), r = /x/; return [d, r, d, r];"),
               "[Date(1), RegExp(/x/ 0), #1, #2]");
    eval(from, "var l = []; for (let i = 0; i < 5000; i++) l = [l];"
               "native.t.clone(l);");
    CHECK_TEXT(there("var l = native.t.read(), n = 0;"
                        "while (l.length > 0) l = l[0], n++;"
                        "return n;"),
               "5000");
}

TEST(what_cannot_be_cloned_throws_a_data_clone_error)
{
    static const char *const values[] = {
        "() => 1",
        "{a: [class A {}]}",
        "Symbol('s')",
        "[Object(Symbol('s'))]",
        "new Map([[1, () => 1]])",
        "new Set([() => 1])",
        "new Error('m', {cause: () => 1})",
        "new WeakMap()",
        "new WeakSet()",
        "new WeakRef({})",
        "Promise.resolve()",
        "new Proxy({}, {})",
        "(function* () {})()",
        "[].values()",
        "new WebAssembly.Module("
        "    new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
        "new WebAssembly.Memory({initial: 1})",
        "(b => { b.transfer(); return b; })(new ArrayBuffer(1))",
        "(a => { a.buffer.transfer(); return a; })(new Uint8Array(1))",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        pass_value(values[i]);
        from->result[strlen("DataCloneError: ")] = '\0';
        check_text(__FILE__, __LINE__, values[i], from->result,
                   "DataCloneError: ");
    }
    CHECK_TEXT(pass("return {get x() { throw new RangeError('mine'); }};"),
               "RangeError: mine");
    CHECK_TEXT(pass("var l = []; for (let i = 0; i < 1e6; i++) l = [l];"
                    "return l;"),
               "RangeError: Maximum call stack size exceeded");
}

TEST(objects_of_a_forbidden_kind_throw_wherever_they_are)
{
    CHECK_TEXT(pass("globalThis.Kind = class Kind { x = 1 }; return new Kind;"),
               "{x: 1}");
    eval(from, "native.t.forbid(Kind.prototype);");
    static const char *const values[] = {
        "new Kind",
        "[{k: new Kind}]",
        "new (class extends Kind {})",
        "Object.create(Object.create(Kind.prototype))",
        "new Map([[new Kind, 1]])",
        "new Error('m', {cause: new Kind})",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        check_text(__FILE__, __LINE__, values[i], pass_value(values[i]),
                   "DataCloneError: cannot be cloned");
    CHECK_TEXT(pass("return {a: Object.create({}), b: Object.create(null)};"),
               "{a: {}, b: {}}");
    eval(from, "native.t.forbid((class Nobody {}).prototype);");
    CHECK_TEXT(pass("return new Kind;"), "{x: 1}");
}

/* `make` declares what is cloned, `value` and `moved`. */
static const char *moving(const char *make)
{
    char text[2048];
    snprintf(text, sizeof text,
             "globalThis.b = new Uint8Array([1, 2, 3]).buffer;\n"
             "var value = b, moved = [b];\n"
             "%s\n"
             "try { native.t.clone(value, moved); }\n"
             "catch (e) { return e.name + ': ' + e.message + ', ' +\n"
             "    b.byteLength; }\n"
             "return [].concat(moved).map(b => b.detached).join();",
             make);
    return eval(from, text);
}

TEST(moved_buffers_are_gone_here_and_whole_there)
{
    CHECK_TEXT(moving(""), "true");
    CHECK_TEXT(eval(from, "return b.byteLength"), "0");
    CHECK_TEXT(there("return show(native.t.read())"),
               "ArrayBuffer(1, 2, 3)");
    CHECK_TEXT(moving("var c = new ArrayBuffer(1); moved = [c, b];"
                    "value = {v: new Uint8Array(b, 1), b, c};"),
               "true,true");
    CHECK_TEXT(there("return show(native.t.read())"),
               "{v: Uint8Array(1, [2, 3], ArrayBuffer(1, 2, 3)), b: #2, "
               "c: ArrayBuffer(0)}");
    CHECK_TEXT(moving("value = 'elsewhere';"), "true");
    CHECK_TEXT(there("return show(native.t.read())"), "\"elsewhere\"");
    CHECK_TEXT(moving("moved = [];"), "");
    CHECK_TEXT(eval(from, "return b.byteLength"), "3");
    CHECK_TEXT(moving("value = new ArrayBuffer(1, {maxByteLength: 3});"
                    "moved = [value];"),
               "true");
    CHECK_TEXT(there("return show(native.t.read())"), "ArrayBuffer(0 of 3)");
    CHECK_TEXT(moving(""), "true"); /* and nobody reads it */
    drop();
}

TEST(nothing_is_moved_when_it_throws)
{
    const char *what = "TypeError: what is to be moved";
    static const struct row rows[] = {
        { "moved = b;", " must be an array of ArrayBuffers, 3" },
        { "moved = {length: 0};", " must be an array of ArrayBuffers, 3" },
        { "moved = null;", " must be an array of ArrayBuffers, 3" },
        { "moved = [b, 1];", ": [1] is no ArrayBuffer, 3" },
        { "moved = [b, new Uint8Array(1)];", ": [1] is no ArrayBuffer, 3" },
        { "moved = [b, new SharedArrayBuffer(1)];",
          ": [1] is no ArrayBuffer, 3" },
        { "moved = [b, new ArrayBuffer(1), b];", ": [2] stands there twice, 3" },
        { "var c = new ArrayBuffer(1); c.transfer(); moved = [b, c];",
          ": [1] was moved already, 3" },
        { "moved = [b, new WebAssembly.Memory({initial: 1}).buffer];",
          ": [1] cannot be moved, 3" },
        { "var c = new ArrayBuffer(8); moved = [b, c];"
          "value = [new Uint8Array(c), {get x() { c.transfer(); }}];",
          " was changed by a getter, 3" },
        { "var c = new ArrayBuffer(8, {maxByteLength: 8}); moved = [b, c];"
          "value = [new Uint8Array(c, 4, 4), {get x() { c.resize(1); }}];",
          " was changed by a getter, 3" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char expected[256];
        snprintf(expected, sizeof expected, "%s%s", what, rows[i].seen);
        check_text(__FILE__, __LINE__, rows[i].value, moving(rows[i].value),
                   expected);
    }
    CHECK_TEXT(moving("value = {get x() { throw new Error('mine'); }};"),
               "Error: mine, 3");
    CHECK_TEXT(moving("moved = [b]; Object.defineProperty(moved, 1, {get() {"
                    "    throw new Error('mine'); }});"),
               "Error: mine, 3");
    static const char *const refused[] = { "value = [b, () => 1];",
                                           "value = [b, Symbol()];" };
    for (size_t i = 0; i < 2; i++) {
        moving(refused[i]);
        CHECK_TEXT(strrchr(from->result, ','), ", 3");
    }
}

TEST(a_clone_without_an_error_may_be_known_to_hold_none)
{
    static const struct row rows[] = {
        { "new Error('m')", "true" },
        { "new Error()", "true" },
        { "new EvalError('m')", "true" },
        { "new RangeError('m')", "true" },
        { "new ReferenceError('m')", "true" },
        { "new SyntaxError('m')", "true" },
        { "new TypeError('m')", "true" },
        { "new URIError('m')", "true" },
        { "(e => { delete e.stack; return e; })(new Error())", "true" },
        { "new Error(undefined, {cause: 1})", "true" },
        { "(e => { delete e.stack; return e; })"
          "(new Error(undefined, {cause: 1}))",
          "true" },
        { "[[new Map([[1, new Set([new Error('m')])]])]]", "true" },
        { "{a: 1, b: [2.5, 'abc', null], c: new Date(0)}", "false" },
        { "new Uint8Array(3)", "false" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pass_value(rows[i].value);
        check_text(__FILE__, __LINE__, rows[i].value,
                   there("return native.t.mayHoldError();"), rows[i].seen);
    }
}

/* ---- Threads ------------------------------------------------------------ */

enum {
    READS = 200
};

static void *read_often(void *arg)
{
    struct js_clone *clone = arg;
    struct harness *h = harness_open();
    eval(h, show);
    for (int i = 0; i < READS; i++)
        CHECK_TEXT(eval(h, "return show(native.t.read());"),
                   "{map: Map(1 => [2, \"\342\202\254\"]), "
                   "shared: Int32Array(0, [0], SharedArrayBuffer(0, 0, 0, 0))}");
    eval(h, "globalThis.all = new Int32Array(native.t.read().shared.buffer);");
    js_clone_unref(clone); /* one of them is the last */
    harness_close(h);
    return NULL;
}

TEST(two_threads_read_one_clone_and_the_last_frees_it)
{
    pthread_t threads[2];
    CHECK_TEXT(eval(from, "native.t.clone({map: new Map([[1, [2, '\\u20ac']]]),"
                          "    shared: new Int32Array("
                          "        new SharedArrayBuffer(4))});"),
               "undefined");
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, read_often, js_clone_ref(kept));
    js_clone_unref(kept);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    kept = NULL;
}

TEST(a_clone_outlives_the_isolate_it_comes_from)
{
    struct harness *gone = harness_open();
    eval(gone, "var b = new Uint8Array(100000).fill(7).buffer;"
               "native.t.clone({b, s: 'x'.repeat(1000)}, [b]);");
    harness_close(gone);
    CHECK_TEXT(there("var v = native.t.read();"
                        "return [v.b.byteLength, v.s.length,"
                        "    new Uint8Array(v.b)[99999]].join();"),
               "100000,1000,7");
    eval(from, "var b = new ArrayBuffer(8); native.t.clone(b, [b]);");
}

TEST(engine_stops)
{
    drop(); /* with a buffer that nobody read */
    other.text = NULL;
    sem_post(&other.asked);
    pthread_join(other.thread, NULL);
    harness_close(from);
    js_stop();
}
