// SPDX-License-Identifier: MIT
//
// crowd(count, each, turn, done): so many clients of ENV.SERVER_PORT, each of
// which has `each` turns, one after the other; turn(client, i, then) ends by
// calling then(); done() comes after the last.  ask(client, method, path, body,
// then) is a request; then(status, body).

exports.ask = function (client, method, path, body, then) {
    var request = client[method](path, body ? {"Content-Length": body.length}
                                            : {});
    if (body)
        request.sendBody(body);
    request.finish(function (response) {
        var text = "";
        response.addListener("body", function (chunk) { text += chunk; });
        response.addListener("complete", function () {
            then(response.statusCode, text);
        });
    });
};

exports.crowd = function (count, each, turn, done) {
    var left = count;
    for (var i = 0; i < count; i++)
        one(i, node.http.createClient(ENV.SERVER_PORT, "127.0.0.1"), each);

    function one(i, client, requests) {
        if (requests > 0)
            turn(client, i, function () { one(i, client, requests - 1); });
        else if (--left === 0)
            done();
    }
};
