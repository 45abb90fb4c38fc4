# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Looked at from a child, while all three are in use.  O_NONBLOCK is 04000.
cat >"$scratch/flags.js" <<'JS'
node.stdio.open();
node.stdio.addListener("data", function () {
    var child = node.createChildProcess(
        "for fd in 0 1 2; do sed -n 's/^flags://p' /proc/$PPID/fdinfo/$fd; " +
        "done");
    var text = "";
    child.addListener("output", function (data) { text += data || ""; });
    child.addListener("exit", function () {
        var flags = text.trim().split(/\s+/);
        node.stdio.writeError(flags.length + " " +
            flags.filter(function (f) { return parseInt(f, 8) & 04000; })
                .length + "\n");
    });
});
node.stdio.write("something\n");
JS
mkfifo "$scratch/err"
cat "$scratch/err" >"$scratch/flags" &
{ echo; sleep 1; } | "$node" "$scratch/flags.js" 2>"$scratch/err" |
    cat >/dev/null
wait
[ "$(cat "$scratch/flags")" = "3 0" ] || fail "flags: $(cat "$scratch/flags")"

finish
