
// options: --cores 2
// Shard 1 sends as much as shard 0 can take, so that a thousand messages always
// wait, until that has got twenty answers and a hundred ticks of a timer.
var shard = node.shard;
if (shard.id === 1) {
    var sent = 0, stop = false;
    shard.expose("stop", function () { stop = true; return sent; });
    function flood() {
        while (!stop && shard.send(0, {number: sent++}));
    }
    shard.addListener("drain", flood);
    flood();
} else {
    var seen = 0, ticks = 0, answers = 0, behind = 0;
    shard.addListener("message", function (message) {
        if (message.number !== seen++)
            console.log("wrong: " + message.number);
        for (var i = 0; i < 2000; i++)
            behind += i % 2;
    });
    var ticking = setInterval(function () { ticks++; over(); }, 2);
    var server = node.http.createServer(function (request, response) {
        response.sendHeader(200, {"Content-Length": "2"});
        response.sendBody("ok");
        response.finish();
    });
    server.listen(0, "127.0.0.1");
    ask();
}

function ask() {
    var client = node.http.createClient(server.port, "127.0.0.1");
    client.get("/").finish(function (response) {
        response.addListener("complete", function () {
            answers++;
            if (answers < 20)
                ask();
            else
                over();
        });
    });
}

function over() {
    if (answers < 20 || ticks < 100 || server === null)
        return;
    server.close();
    server = null;
    clearInterval(ticking);
    shard.call(1, "stop").addCallback(function (sent) {
        // The value overtakes nothing: it was sent last.
        console.log(seen === sent);     // expect: true
    });
}
