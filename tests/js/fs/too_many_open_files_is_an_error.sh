# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# EMFILE comes to the promise, and closing one makes room for another.
cat >"$scratch/many.js" <<'JS'
var fds = [], message;
try {
    while (fds.length < 1000)
        fds.push(node.fs.open("/dev/null", node.O_RDONLY).wait());
} catch (error) {
    message = error.code + " " + error.message;
}
console.log(message, fds.length > 0);
try {
    node.fs.cat("/dev/null").wait();
} catch (error) {
    console.log(error.code + " " + error.message);
}
try {
    node.fs.readdir("/").wait();
} catch (error) {
    console.log(error.code + " " + error.message);
}
node.fs.close(fds.pop()).wait();
console.log("then " + JSON.stringify(node.fs.cat("/dev/null").wait()));
JS
runs 0 '^EMFILE Too many open files true$' '' \
    sh -c "ulimit -n 60; exec '$node' '$scratch/many.js'"
matches "$scratch/out" '^EMFILE Could not open /dev/null$' "cat()"
[ "$(grep -c '^EMFILE Too many open files' "$scratch/out")" -eq 2 ] ||
    fail "readdir(): $(cat "$scratch/out")"
matches "$scratch/out" '^then ""$' "after close()"

finish
