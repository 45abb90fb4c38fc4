# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/much.js" <<'JS'
try {
    node.shard.shared("much", Number.MAX_SAFE_INTEGER);
} catch (error) {
    console.log(error.name + ": " + error.message);
}
console.log(node.shard.shared("much", 1).byteLength);
JS
# AddressSanitizer says on stderr what it could not allocate.
ASAN_OPTIONS=allocator_may_return_null=1 "$node" "$scratch/much.js" \
    >"$scratch/out" 2>"$scratch/err" || fail "status $?: $(cat "$scratch/err")"
[ "$(cat "$scratch/out")" = "RangeError: shared memory 'much': \
no 9007199254740991 bytes are left
1" ] || fail "$(cat "$scratch/out")"

finish
