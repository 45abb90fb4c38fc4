// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_exception_in_an_async_function_is_reported_at_its_line.js:7$
// stderr: Error: async
(async function () {
    await null;
    throw new Error("async");
})();
