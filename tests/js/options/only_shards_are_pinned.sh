# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

# Sleeps, prints, so that there is a writer too, and lives on.
echo 'setTimeout(function () { console.log("x"); }, 100);
    setTimeout(function () {}, 100000);' >"$scratch/x.js"

# masks OPTIONS...: "<thread> <allowed cores>", one a line.
masks() {
    : >"$scratch/out"
    "$node" "$@" "$scratch/x.js" >>"$scratch/out" 2>/dev/null &
    pid=$!
    tries=0
    while [ "$(wc -l <"$scratch/out")" -lt "$shards" ] && [ $tries -lt 400 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    for task in /proc/$pid/task/*; do
        echo "$(cat "$task/comm") $(sed -n \
            's/^Cpus_allowed_list:[[:space:]]*//p' "$task/status")"
    done >"$scratch/masks"
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

# These sleep: they are where the system wants them.
shards=2
if [ "$(nproc)" -eq 2 ]; then
    masks --cores 2
    grep -v " $ours\$" "$scratch/masks" && fail "pinned while it sleeps"
fi

masks --pin --cores 2
[ "$(cores_of 'shard ')" -eq 2 ] || fail "not pinned: $(cat "$scratch/masks")"
grep -q '^shard [01] .*[-,]' "$scratch/masks" && fail "not to one core"
for thread in stdout V8; do
    grep -q "^$thread.* $ours\$" "$scratch/masks" ||
        fail "$thread inherits a pin: $(cat "$scratch/masks")"
done

masks --no-pin --cores 2
[ "$(grep -c " $ours\$" "$scratch/masks")" -eq \
    "$(wc -l <"$scratch/masks")" ] || fail "pinned: $(cat "$scratch/masks")"

shards=1
masks
[ "$(grep -c " $ours\$" "$scratch/masks")" -eq \
    "$(wc -l <"$scratch/masks")" ] || fail "pinned: $(cat "$scratch/masks")"

finish
