# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# What was written leaves, and the child, its stdin closed, ends in its time.
cat >"$scratch/leave.js" <<JS
var child = node.createChildProcess("cat >$scratch/copy; sleep 0.3; " +
                                    "mv $scratch/copy $scratch/done");
child.write("bye");
node.exit(3);
JS
runs 3 '' '' "$node" "$scratch/leave.js"
[ ! -e "$scratch/done" ] || fail "the process waited for the child"
sleep 3
[ "$(cat "$scratch/done")" = bye ] || fail "the child did not do its work"

finish
