// SPDX-License-Identifier: MIT
"use strict";

// repl: the library "/repl.js".  Loading it starts it: it reads stdin line by
// line, runs what is complete in the global scope and prints its value.
//
// With libedit and a terminal (src/edit.c) "data" is a line, and comes only
// when one was asked for; otherwise it is any piece of text.

var utils = internal.libraries["/utils.js"];
var stdio = node.stdio;

var repl = {
    prompt: "node> ",
    scope: globalThis // what is put into another one becomes global
};

var CONTINUATION = "...   ";

var HELP = [
    ".break  forget the input that is not complete",
    ".clear  the same, and forget the globals that were made here",
    ".exit   leave (so does the end of input)",
    ".help   print this"
].join("\n");

var edits = false;    // lines come from libedit
var busy = false;     // a line is running; it may wait, and more come
var left = false;     // by .exit
var over = false;     // stdin has ended
var text = "";        // input that is no whole line yet
var command = "";     // lines that are no whole command yet
var names;            // of globals, before: it is started

// ---- Is it complete? -------------------------------------------------------

// What V8 says of it; undefined: it is fine.
function complaint(source) {
    try {
        native.module.compile(source, "repl");
    } catch (error) {
        return error.message;
    }
}

var AT_THE_END = /^(Unexpected end of input|Unterminated template literal)$/;

// Would more input help?  "missing ) after argument list" is said both of
// f(1 and of f(1 2: then it is whether it gets on to the end with a comma.
function isIncomplete(source) {
    var why = complaint(source);
    if (why === undefined)
        return false;
    if (/^missing \)/.test(why))
        why = complaint(source + "\n,");
    return AT_THE_END.test(why) || endsInComment(source, why);
}

function endsInComment(source, why) {
    return why === "Invalid or unexpected token" &&
        /\/\*/.test(source) && complaint(source + "\n*/") !== why;
}

// ---- Running ---------------------------------------------------------------

function evaluate(source) {
    try {
        if (repl.scope !== globalThis)
            Object.assign(globalThis, repl.scope);
        var value = node.compile(source, "repl");
        if (value === undefined)
            return;
        globalThis._ = value;
        utils.p(value);
    } catch (error) {
        complain(error);
    }
}

var OUR_FRAMES = /\n +at .*\bnode:\w+\.js:\d+:\d+\)?/g;

// Whatever was thrown, this must not throw.
function complain(error) {
    var what = "an exception that cannot be printed";
    try {
        what = String(error instanceof Error && error.stack || error)
            .replace(OUR_FRAMES, "");
    } catch (another) {
    }
    utils.error(what);
}

var commands = {
    __proto__: null, // toString is none
    ".break": function () {
        command = "";
    },
    ".clear": function () {
        command = "";
        Object.getOwnPropertyNames(globalThis).forEach(function (name) {
            if (!names.has(name))
                Reflect.deleteProperty(globalThis, name);
        });
    },
    ".exit": function () {
        left = true;
        stdio.close();
    },
    ".help": function () {
        utils.puts(HELP);
    }
};

function run(line) {
    var known = commands[line.trim()];
    if (known !== undefined) {
        known();
        return;
    }
    command += line;
    if (isIncomplete(command)) {
        command += "\n";
        return;
    }
    var source = command;
    command = "";
    if (source.trim() !== "")
        evaluate(source);
}

// ---- Input -----------------------------------------------------------------

function ask() {
    var prompt = command === "" ? String(repl.prompt) : CONTINUATION;
    if (edits) {
        native.stdio.ask(prompt);
    } else {
        utils.print(prompt);
        native.output.push();
    }
}

function onData(data) {
    text += data;
    if (busy)
        return;
    busy = true;
    var length;
    while (!left && (length = text.indexOf("\n")) >= 0) {
        var line = text.slice(0, length);
        text = text.slice(length + 1);
        run(line);
        if (!left)
            ask();
    }
    busy = false;
    if (over)
        end();
}

// A line that runs may wait meanwhile; those after it come first.
function onClose() {
    over = true;
    if (!busy)
        end();
}

function end() {
    if (!left) {
        run(text);
        utils.print("\n"); // behind the prompt
    }
    if (internal.isInteractive)
        node.exit(0);
}

// On the first shard, which has stdin.
function start() {
    names = new Set(Object.getOwnPropertyNames(globalThis));
    edits = native.stdio.edit();
    stdio.addListener("data", onData);
    stdio.addListener("close", onClose);
    stdio.open();
    utils.puts("Type .help for help.");
    ask();
}

Object.defineProperty(internal.libraries, "/repl.js", {
    enumerable: true,
    get: function () {
        if (node.shard.id === 0 && names === undefined)
            start();
        return repl;
    }
});
