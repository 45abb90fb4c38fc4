
// options: --cores 2
// Timers and requests without end on shard 0, until a thousand messages, one
// after the other, went there and back.
var shard = node.shard;
shard.addListener("message", function (message, from) {
    if (shard.id === 1)
        shard.send(0, message);
    else if (message < 1000)
        shard.send(1, message + 1);
    else
        over();
});
if (shard.id === 0) {
    var server = node.http.createServer(function (request, response) {
        response.sendHeader(200, {"Content-Length": "2"});
        response.sendBody("ok");
        response.finish();
    });
    server.listen(0, "127.0.0.1");
    var running = true;
    for (var i = 0; i < 8; i++)
        ask();
    for (i = 0; i < 8; i++)
        setTimeout(function some() {
            if (running)
                setTimeout(some);
        });
    shard.send(1, 1);
}

function ask() {
    var client = node.http.createClient(server.port, "127.0.0.1");
    client.get("/").finish(function (response) {
        response.addListener("complete", function () {
            if (running)
                ask();
        });
    });
}

function over() {
    running = false;
    server.close();
    console.log("there and back");      // expect: there and back
}
