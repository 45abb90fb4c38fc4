// SPDX-License-Identifier: MIT
// options: --max-old-space-size=20
// status: 134
// stderr: [Mm]emory|heap
var all = [];
for (;;)
    all.push(new Array(1000).fill(all.length));
