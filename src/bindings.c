// SPDX-License-Identifier: MIT
#include "src/bindings.h"

#include <stddef.h>

const struct js_module bindings[] = {
    { "child", child_table },
    { "dns", dns_table },
    { "extension", extension_table },
    { "fs", fs_table },
    { "http", http_table },
    { "module", module_table },
    { "output", output_table },
    { "process", process_table },
    { "promise", promise_table },
    { "server", server_table },
    { "shard", shard_table },
    { "stdio", stdio_table },
    { "tcp", tcp_table },
    { "timer", timer_table },
    { NULL, NULL },
};
