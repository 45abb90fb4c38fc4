# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Prints, so that there is a writer too, and then sleeps most of the time.
echo 'console.log("x");
    setInterval(function () {}, 50);' >"$scratch/x.js"

have_printed() {
    [ "$(wc -l <"$scratch/out")" -eq "$shards" ]
}

# "<thread> <allowed cores>", one a line.
read_masks() {
    for task in /proc/$pid/task/*; do
        echo "$(cat "$task/comm") $(sed -n \
            's/^Cpus_allowed_list:[[:space:]]*//p' "$task/status")"
    done >"$scratch/masks"
}

none_is_pinned() {
    read_masks
    ! grep -qv " $ours\$" "$scratch/masks"
}

start() {
    : >"$scratch/out"
    "$node" "$@" "$scratch/x.js" >>"$scratch/out" 2>/dev/null &
    pid=$!
    until_true have_printed || fail "no output"
    read_masks
}

end() {
    kill $pid
    wait $pid 2>/dev/null
}

# cores_of THREADS: how many different masks those have.
cores_of() {
    grep "^$1" "$scratch/masks" | sed 's/.* //' | sort -u | wc -l
}

ours=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status)
case $ours in
*,* | *-*) ;;
*) echo "one core: nothing to pin"; exit 0 ;;
esac

# Those that sleep come to be where the system wants them.
shards=2
start --cores 2
until_true none_is_pinned || fail "pinned: $(cat "$scratch/masks")"
end

start --pin --cores 2
[ "$(cores_of 'shard ')" -eq 2 ] || fail "not pinned: $(cat "$scratch/masks")"
grep -q '^shard [01] .*[-,]' "$scratch/masks" && fail "not to one core"
for thread in stdout V8; do
    grep -q "^$thread.* $ours\$" "$scratch/masks" ||
        fail "$thread inherits a pin: $(cat "$scratch/masks")"
done
end

start --no-pin --cores 2
none_is_pinned || fail "pinned: $(cat "$scratch/masks")"
end

shards=1
start
none_is_pinned || fail "pinned: $(cat "$scratch/masks")"
end

finish
