// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
try {
    new node.Promise().wait();
} catch (error) {
    console.log("thrown");
}
// expect: thrown
// expect: thrown
