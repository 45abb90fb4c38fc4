#!/bin/sh
# SPDX-License-Identifier: MIT
#
# within_name_server.sh NODE ARGUMENT...: run it where NODE_DNS_SERVERS names
# the server of name_server.h, which CMake builds in NODE's tree.
exec "$(dirname "$1")/tests/js/name_server" "$@"
