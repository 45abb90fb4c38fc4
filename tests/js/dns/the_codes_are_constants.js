// SPDX-License-Identifier: MIT
// The numbers are those of the system that this one follows.
["TEMPFAIL", "PROTOCOL", "NXDOMAIN", "NODATA", "NOMEM", "BADQUERY"]
    .forEach(function (name) {
        console.log(name, node.dns[name]);
    });
// expect: TEMPFAIL -1
// expect: PROTOCOL -2
// expect: NXDOMAIN -3
// expect: NODATA -4
// expect: NOMEM -5
// expect: BADQUERY -6
