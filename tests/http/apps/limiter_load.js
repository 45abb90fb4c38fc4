// SPDX-License-Identifier: MIT
//
// 16 clients ask 50 times each: how many get which status?
var clients = require("clients.js");
var statuses = {};

clients.crowd(16, 50, function (client, i, then) {
    clients.ask(client, "get", "/", "", function (status) {
        statuses[status] = (statuses[status] || 0) + 1;
        then();
    });
}, function () { console.log(JSON.stringify(statuses)); });
