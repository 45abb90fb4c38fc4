// SPDX-License-Identifier: MIT
// stderr: import
// status: 1
import("./x.js");
