# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# The receiver blocks until a second has passed in which the sender's time on a
# core was measured, its ring full all the while.
cat >"$scratch/full.js" <<'JS'
var shard = node.shard;
var COUNT = 300000;
if (shard.id === 1) {
    var seen = 0;
    shard.addListener("message", function (number) {
        if (number !== seen++)
            console.log("wrong: " + number);
        if (seen === COUNT)
            console.log("all of it");
    });
    shard.expose("block", function () {
        setTimeout(function () {
            for (var until = Date.now() + 4000; Date.now() < until;);
            console.log("free");
        }, 50);
    });
} else {
    shard.call(1, "block").addCallback(function () {
        setTimeout(function () {
            for (var i = 0; i < COUNT; i++)
                shard.send(1, i);
            setTimeout(function () { console.log("full"); }, 200);
        }, 100);
    });
}
JS

# Its time in user and system mode, in clock ticks.
spent() {
    for task in /proc/"$1"/task/*; do
        [ "$(cat "$task/comm")" != "shard 0" ] ||
            sed 's/.*) //' "$task/stat" | cut -d ' ' -f 12,13 | tr ' ' +
    done
}

"$node" --cores 2 "$scratch/full.js" >"$scratch/out" 2>"$scratch/err" &
pid=$!
until_true grep -q full "$scratch/out"
before=$(spent $pid)
sleep 1
after=$(spent $pid)
grep -q free "$scratch/out" && fail "the receiver was free too early"
wait $pid || fail "status $?"
[ -n "$before" ] || fail "no thread is called shard 0"
ticks=$(((${after:-0}) - (${before:-0})))
[ $((ticks * 1000)) -lt $((100 * $(getconf CLK_TCK))) ] ||
    fail "$ticks clock ticks in a second"
[ "$(cat "$scratch/out")" = "full
free
all of it" ] || fail "$(cat "$scratch/out")"
leave_out_cores "$scratch/err"
[ -s "$scratch/err" ] && fail "$(cat "$scratch/err")"

finish
