# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# ends PATTERN CODE: with a stdin that stays open and says nothing.
mkfifo "$scratch/fifo"
sleep 600 >"$scratch/fifo" &
silent=$!
ends() {
    echo "$2" >"$scratch/ends.js"
    timeout 60 "$node" $shards "$scratch/ends.js" <"$scratch/fifo" \
        >"$scratch/out" 2>&1 || fail "'$2': status $?"
    [ "$(cat "$scratch/out")" = "$1" ] ||
        fail "'$2': $(cat "$scratch/out") is not $1"
}

for shards in "" "--cores 1"; do
    ends "" ""
    ends "1
2
close" '
        node.stdio.addListener("close", function () { console.log("close"); });
        node.stdio.addListener("data", function () { console.log("never"); });
        node.stdio.open();
        setTimeout(function () { console.log(1); }, 100);
        setTimeout(function () { console.log(2); node.stdio.close(); }, 200);'
    ends "close" '
        node.stdio.open();
        node.stdio.close();
        node.stdio.addListener("close", function () { console.log("close"); });'
    ends "bye" 'node.stdio.open(); console.log("bye"); node.exit(0);'
done
kill $silent

# Opened, it does keep it.
cat >"$scratch/late.js" <<'JS'
node.stdio.addListener("data", function (data) { node.stdio.write(data); });
node.stdio.open();
JS
[ "$({ sleep 1; echo late; } | "$node" "$scratch/late.js")" = late ] ||
    fail "it did not wait for stdin"

finish
