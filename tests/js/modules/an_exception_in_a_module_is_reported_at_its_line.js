// SPDX-License-Identifier: MIT
// status: 1
// stderr: fixtures/throwing.js:2$
// stderr: ^throw new Error\("while loading"\);$
// stderr: ^\^
// stderr: Error: while loading
require("../fixtures/throwing.js");
