// SPDX-License-Identifier: MIT
//
// A key-value store over HTTP, on port ENV.PORT or 8000, best with --cores auto:
//
//     curl -X PUT -d value http://localhost:8000/key     201, or 204: replaced
//     curl http://localhost:8000/key                     the value, or 404
//     curl -X POST -d 5 http://localhost:8000/key        adds a number; the sum
//     curl -X DELETE http://localhost:8000/key           204, or 404
//
// A key belongs to one shard, which alone keeps its value; whichever shard the
// request came to asks it.  So no update is lost, and nothing is locked.

include("/utils.js");

var shard = node.shard;
var values = new Map();

var operations = {
    GET: function (key) {
        return values.has(key) ? [200, values.get(key)] : [404, ""];
    },
    PUT: function (key, value) {
        var status = values.has(key) ? 204 : 201;
        values.set(key, value);
        return [status, ""];
    },
    POST: function (key, value) {
        var sum = String(Number(values.get(key) || 0) + Number(value));
        values.set(key, sum);
        return [200, sum];
    },
    DELETE: function (key) {
        return [values.delete(key) ? 204 : 404, ""];
    }
};

Object.keys(operations).forEach(function (method) {
    shard.expose(method, operations[method]);
});

function answer(response, result) {
    response.sendHeader(result[0], {"Content-Type": "application/octet-stream"});
    response.sendBody(result[1], "binary");
    response.finish();
}

var server = node.http.createServer(function (request, response) {
    var value = "";
    request.addListener("body", function (chunk) { value += chunk; });
    request.addListener("complete", function () {
        var key = request.uri.path;
        var operation = operations[request.method];
        if (operation === undefined)
            return answer(response, [405, ""]);
        var owner = shard.owner(key);
        if (owner === shard.id)
            return answer(response, operation(key, value));
        shard.call(owner, request.method, key, value)
            .addCallback(function (result) { answer(response, result); })
            .addErrback(function () { answer(response, [500, ""]); });
    });
});
server.listen("PORT" in ENV ? ENV.PORT : 8000);
puts("Keys at http://127.0.0.1:" + server.port + "/");
