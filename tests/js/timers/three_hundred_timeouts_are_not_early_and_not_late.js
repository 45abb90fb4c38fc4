// SPDX-License-Identifier: MIT
include("/utils.js");
var early = 0, late = 0, count = 0;
for (var i = 0; i < 300; i++)
    later(i / 3 + Math.random());
function later(delay) {
    var start = new Date();
    setTimeout(function () {
        var took = new Date() - start;
        count++;
        if (took < Math.floor(delay))
            early++;
        if (took > delay + 2000)
            late++;
    }, delay);
}
process.addListener("exit", function () {
    puts(count + " " + early + " " + late);         // expect: 300 0 0
});
