// SPDX-License-Identifier: MIT
//
// Listens on PORT, and stops; says why not, and ends with status 3.

var server = node.http.createServer(function () {});
try {
    server.listen(Number(ENV.PORT));
    console.log("listens");
    server.close();
} catch (error) {
    console.log(error.code, /Address already in use/i.test(error.message));
    node.exit(3);
}
