# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# What was written leaves, and the child, its stdin closed, ends in its time.
cat >"$scratch/leave.js" <<JS
var child = node.createChildProcess("cat >$scratch/copy; " +
    "until [ -e $scratch/go ]; do sleep 0.1; done; " +
    "mv $scratch/copy $scratch/done");
child.write("bye");
node.exit(3);
JS
runs 3 '' '' timeout 60 "$node" "$scratch/leave.js"
[ ! -e "$scratch/done" ] || fail "the process waited for the child"
touch "$scratch/go"
until_true [ -e "$scratch/done" ]
[ "$(cat "$scratch/done")" = bye ] || fail "the child did not do its work"

finish
