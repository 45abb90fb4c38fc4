// SPDX-License-Identifier: MIT
// shards: 4
include("/utils.js");
function show() {
    puts(Array.prototype.map.call(arguments, JSON.stringify).join(" "));
}
exec("echo out; echo err >&2").addCallback(show).wait();
// expect: "out\n" "err\n"
exec("true").addCallback(show).wait();
// expect: "" ""
puts(JSON.stringify(exec("printf 1; printf 2 >&2").wait()));
// expect: ["1","2"]
puts(exec("head -c 1000000 /dev/zero | tr '\\0' 'x'").wait()[0].length);
// expect: 1000000

function fails(command) {
    try {
        exec(command).addErrback(show).wait();
    } catch (thrown) {
        puts(thrown);
    }
}
fails("echo out; echo err >&2; exit 3");
// expect: 3 "out\n" "err\n"
// expect: 3
fails("kill -KILL $$");
// expect: 137 "" ""
// expect: 137
fails();
// expect: TypeError: Bad argument. The command must be a string without NUL

(async function () {
    show(await exec("printf '\\303\\244'"));
    try {
        await exec("no_such_command");
    } catch (error) {
        puts(error.values[0] + " " + /not found/.test(error.values[2]));
    }
})();
// expect: ["ä",""]
// expect: 127 true
