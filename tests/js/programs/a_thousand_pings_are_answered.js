// SPDX-License-Identifier: MIT
// One after the other, over each of three servers at once; a last one leaves
// before the client closes its half.
include("/utils.js");
include("/mjsunit.js");
var N = 1000;
var done = 0;

function pingPong(host) {
    var count = 0, sentFinalPing = false;

    var server = node.tcp.createServer(function (socket) {
        assertEquals("127.0.0.1", socket.remoteAddress);
        assertEquals(server, socket.server);
        socket.setNoDelay();
        socket.timeout = 0; // a property like any other
        socket.addListener("receive", function (data) {
            assertEquals("open", socket.readyState);
            assertEquals("PING", data);
            socket.send("PONG");
        });
        socket.addListener("eof", function () {
            assertEquals("writeOnly", socket.readyState);
            socket.close();
        });
        socket.addListener("close", function (hadError) {
            assertFalse(hadError);
            assertEquals("closed", socket.readyState);
            socket.server.close();
        });
    });
    server.listen(0, host);

    var client = node.tcp.createConnection(server.port, host);
    client.setEncoding("UTF8");
    client.addListener("connect", function () {
        assertEquals("open", client.readyState);
        client.send("PING");
    });
    client.addListener("receive", function (data) {
        assertEquals("PONG", data);
        count += 1;
        if (sentFinalPing) {
            assertEquals("readOnly", client.readyState);
            return;
        }
        assertEquals("open", client.readyState);
        client.send("PING");
        if (count === N) {
            sentFinalPing = true;
            client.close();
        }
    });
    client.addListener("close", function (hadError) {
        assertFalse(hadError);
        assertEquals(N + 1, count);
        done += 1;
    });
}

pingPong("127.0.0.1");
pingPong("localhost");
pingPong(null);

process.addListener("exit", function () {
    assertEquals(3, done);
    puts("done");
});

// expect: done
