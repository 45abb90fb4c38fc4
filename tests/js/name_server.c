// SPDX-License-Identifier: MIT
#include "tests/name_server.h"

#include <pthread.h>
#include <sys/wait.h>

/*
 * name_server COMMAND...: run it where NODE_DNS_SERVERS names the server of
 * name_server.h, and exit as it does.
 */
static void *run_server(void *arg)
{
    name_server_run(arg);
    return NULL;
}

static int run_command(char **argv)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
    struct name_server server;
    pthread_t thread;
    char address[32];

    if (argc < 2 || !name_server_open(&server))
        return 1;
    snprintf(address, sizeof address, "127.0.0.1:%u", server.port);
    setenv("NODE_DNS_SERVERS", address, 1);
    pthread_create(&thread, NULL, run_server, &server);
    int status = run_command(argv + 1);
    close(server.quit[1]);
    pthread_join(thread, NULL);
    name_server_close(&server);
    return status;
}
