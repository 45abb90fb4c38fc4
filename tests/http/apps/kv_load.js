// SPDX-License-Identifier: MIT
//
// 32 clients add 1 to one of 16 keys, 50 times each; then what do all have?
var clients = require("clients.js");
var sum = 0, key = 0;

clients.crowd(32, 50, function (client, i, then) {
    clients.ask(client, "post", "/key" + i % 16, "1", function (status) {
        if (status !== 200)
            throw new Error("status " + status);
        then();
    });
}, function () {
    clients.crowd(1, 16, function (client, i, then) {
        clients.ask(client, "get", "/key" + key++, "", function (status, text) {
            sum += Number(text);
            then();
        });
    }, function () { console.log("sum " + sum); });
});
