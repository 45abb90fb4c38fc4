# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Out of descriptors, again and again: an error, nothing kept; then it works.
# (It is counted behind a closed stdin: by then the start itself is over.)
cat >"$scratch/limit.js" <<'JS'
var children = [];
var codes = {};
for (var i = 0; i < 300; i++) {
    try {
        children.push(node.createChildProcess("cat"));
    } catch (error) {
        codes[error.code] = error.message;
    }
}
console.log(Object.keys(codes).join(), codes.EMFILE);
console.log(children.length > 3 && children.length < 20);
var first = children.shift();
first.addListener("exit", function () {
    // One more fits where one went, not two.
    children.push(node.createChildProcess("cat"));
    try {
        for (;;)
            children.push(node.createChildProcess("cat"));
    } catch (error) {
        console.log(error.code);
    }
    var left = children.length;
    children.forEach(function (child) {
        child.addListener("exit", function () {
            if (--left === 0)
                console.log("open: " + count());
        });
        child.close();
    });
});
first.close();
function count() {
    var text = "";
    var done = new node.Promise();
    var child = node.createChildProcess("cat; ls /proc/$PPID/fd | wc -l");
    child.close();
    child.addListener("output", function (data) { text += data || ""; });
    child.addListener("exit", function () { done.emitSuccess(text.trim()); });
    return done.wait();
}
JS
cat >"$scratch/idle.js" <<'JS'
var text = "";
var child = node.createChildProcess("cat; ls /proc/$PPID/fd | wc -l");
child.close();
child.addListener("output", function (data) { text += data || ""; });
child.addListener("exit", function () { console.log("open: " + text.trim()); });
JS
(ulimit -n 60 && "$node" "$scratch/limit.js") >"$scratch/out" 2>&1 ||
    fail "status $?"
idle=$(ulimit -n 60 && "$node" "$scratch/idle.js")
printf '%s\n' "EMFILE cannot start 'cat': Too many open files" true EMFILE \
    "$idle" | diff - "$scratch/out" || fail "out of descriptors"

finish
