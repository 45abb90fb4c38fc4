// SPDX-License-Identifier: MIT
//
// Listens on PORT, and stops; says why not, and ends with status 3, or does not
// catch it when UNCAUGHT is set.

var server = node.http.createServer(function () {});
try {
    server.listen(Number(ENV.PORT));
    console.log("listens");
    server.close();
} catch (error) {
    if (ENV.UNCAUGHT)
        throw error;
    console.log(error.code, /Address already in use/i.test(error.message));
    node.exit(3);
}
