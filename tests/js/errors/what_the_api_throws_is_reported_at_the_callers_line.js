// SPDX-License-Identifier: MIT
// The program's line and the place in it, not ours.

function listen() {
    node.tcp.createServer().listen("x");
}
listen();

// status: 1
// stderr: what_the_api_throws_is_reported_at_the_callers_line.js:5$
// stderr: ^    node.tcp.createServer\(\).listen\("x"\);$
// stderr: ^ {28}\^$
// stderr: ^TypeError: listen: port must be an integer from 0 to 65535$
// stderr: ^    at portOf \(node:tcp.js:
