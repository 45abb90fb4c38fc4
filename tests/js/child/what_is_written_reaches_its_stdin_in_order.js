// SPDX-License-Identifier: MIT
// shards: 4
function dump(write) {
    var child = node.createChildProcess("od -An -v -tx1 | tr -d ' \\n'");
    var text = "";
    child.addListener("output", function (data) { text += data || ""; });
    write(child);
    child.close();
    return child.addListener("exit", function () { console.log(text); });
}
dump(function (child) {
    child.write("1 ");
    child.write("\u20ac\u00e4", "utf8");
    child.write("\u20ac\u00e4", "UTF8");
    child.write("\u20ac\u00e4", "ascii");
    child.write("\u20ac\u00e4", "binary");
    child.write("\u20ac\u00e4");
    child.write("\u20ac\u00e4", "nonsense");
    child.write("");
    child.write(new Uint8Array([0, 255]));
    child.write(new Uint8Array([1, 2]).buffer);
    child.write(3);
});
// expect: 3120e282acc3a4e282acc3a4ace4ace4ace4ace400ff010233
