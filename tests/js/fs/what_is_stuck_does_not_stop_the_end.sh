# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# The thread that opens a FIFO nobody writes to never comes back.  One of four
# is left at least.
mkfifo "$scratch/fifo"
cat >"$scratch/exit.js" <<JS
for (var i = 1; i < 4 / node.shard.count; i++)
    node.fs.cat("$scratch/fifo").addCallback(function () { console.log("never"); });
node.fs.stat("/").addCallback(function () {
    console.log("exits");
    node.exit(3);
});
JS
runs 3 '^exits$' '' timeout 60 "$node" "$scratch/exit.js"
runs 3 '^exits$' '' timeout 60 "$node" --cores 2 "$scratch/exit.js"

cat >"$scratch/throw.js" <<JS
node.fs.cat("$scratch/fifo");
node.fs.stat("/").addCallback(function () { throw new Error("mine"); });
JS
runs 1 '' '^Error: mine' timeout 60 "$node" "$scratch/throw.js"

cat >"$scratch/drain.js" <<JS
process.addListener("exit", function () {
    node.fs.cat("$scratch/fifo");
    console.log("drained");
});
JS
runs 0 '^drained$' '' timeout 60 "$node" "$scratch/drain.js"

finish
