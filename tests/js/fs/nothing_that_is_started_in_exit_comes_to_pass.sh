# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo kept >"$scratch/file"
cat >"$scratch/exit.js" <<JS
process.addListener("exit", function () {
    for (var i = 0; i < 50; i++)
        node.fs.unlink("$scratch/file").addCallback(function () {
            console.log("never");
        });
    node.fs.cat("/dev/zero"); // would take its time
    console.log("exit");
});
JS
runs 0 '^exit$' '' "$node" "$scratch/exit.js"
[ -e "$scratch/file" ] || fail "the file is gone"
[ "$(cat "$scratch/out")" = exit ] || fail "$(cat "$scratch/out")"

finish
