# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/forever.js" <<'JS'
var utils = require("/utils.js");
for (var i = 0; i < 50000; i++)
    utils.puts("line");
setTimeout(function () {
    for (i = 0; i < 50000; i++)
        utils.puts("line");
    utils.debug(""); // what the writer has to tell is told
    utils.error("done");
}, 300);
JS
{ "$node" "$scratch/forever.js" 2>"$scratch/err"
  echo $? >"$scratch/status"; } | head -n 1 >"$scratch/out"
# The shell's part of the pipe may end before node's does.
sleep 1
[ "$(cat "$scratch/status")" -eq 0 ] || fail "status $(cat "$scratch/status")"
[ "$(cat "$scratch/err")" = done ] || fail "stderr: $(cat "$scratch/err")"

# Nor is it a reason to die when nobody reads stderr.
echo 'var utils = require("/utils.js");
setTimeout(function () {
    utils.error("x");
    utils.error("y");
    node.exit(3);
}, 300);' \
    >"$scratch/error.js"
{ "$node" "$scratch/error.js" 2>&1 >/dev/null; echo $? >"$scratch/status"; } |
    true
sleep 1
[ "$(cat "$scratch/status")" -eq 3 ] || fail "status $(cat "$scratch/status")"

# A full disk is told once, and ends nothing.
if [ -e /dev/full ]; then
    "$node" "$scratch/forever.js" >/dev/full 2>"$scratch/err"
    [ $? -eq 0 ] || fail "a full disk ends the program"
    [ "$(cat "$scratch/err")" = "node: cannot write to stdout: No space left \
on device
done" ] || fail "stderr: $(cat "$scratch/err")"
fi

# Descriptors that are closed stay so for the program.
"$node" "$scratch/forever.js" >&- 2>&- <&- || fail "closed descriptors"

finish
