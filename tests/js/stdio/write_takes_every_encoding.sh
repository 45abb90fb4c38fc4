# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/write.js" <<'JS'
var io = node.stdio;
io.write("\u20ac\u00e4");
io.write("\u20ac\u00e4", "utf8");
io.write("\u20ac\u00e4", "ascii");
io.write("\u20ac\u00e4", "BINARY");
io.write("\u20ac\u00e4", "nonsense");
io.write("");
io.write(12);
io.write(new Uint8Array([0, 255]));
io.write(new Uint8Array([9, 1, 2, 9]).subarray(1, 3));
io.write("a".repeat(3) + "\u00ff".repeat(2000), "binary");
try {
    io.write();
} catch (error) {
    io.writeError(error.message);
}
io.writeError();
io.writeError("\u00e4");
JS
"$node" "$scratch/write.js" 2>"$scratch/err" | od -An -v -tx1 | tr -d ' \n' \
    >"$scratch/out"
{
    printf e282acc3a4e282acc3a4ace4ace4e282acc3a4313200ff0102616161
    for _ in $(seq 2000); do printf ff; done
} | cmp - "$scratch/out" || fail "$(head -c 200 "$scratch/out")"
[ "$(cat "$scratch/err")" = "stdio.write() needs data to writeä" ] ||
    fail "stderr: $(cat "$scratch/err")"

finish
