# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

cat >"$scratch/modes.js" <<JS
var flags = node.O_CREAT | node.O_WRONLY, fs = node.fs;
function mode(name) {
    return (fs.stat("$scratch/" + name).wait().mode & 07777).toString(8);
}
fs.open("$scratch/a", flags).wait();
fs.open("$scratch/b", flags, 0777).wait();
fs.open("$scratch/c", flags, 04755).wait();
fs.mkdir("$scratch/d").wait();
fs.mkdir("$scratch/e", 01777).wait();
console.log(["a", "b", "c", "d", "e"].map(mode).join());
require("/file.js").write("$scratch/f", "").wait();
console.log(mode("f"));
JS
runs 0 '^640,750,4750,750,1750$' '' \
    sh -c "umask 027; exec '$node' '$scratch/modes.js'"
matches "$scratch/out" '^640$' "/file.js"

finish
