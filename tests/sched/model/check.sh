#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check.sh holds|fails MODEL -DNAME=VALUE...: spin visits every state of MODEL;
# is what it asserts true in all of them, or not in some?  A search that was
# not complete proves nothing and counts as neither.
set -u

verdict=$1 model=$2
shift 2

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

# COLLAPSE stores states whole, but once what they share.  MEMLIM is in MB.
spin -a "$@" "$model" &&
    cc -O2 -w -DSAFETY -DCOLLAPSE -DMEMLIM=2000 -o pan pan.c || exit 1
./pan -m10000 >said 2>&1
status=$?
cat said

says() { grep -q "$1" said; }

[ "$status" -eq 0 ] || exit 1
case $verdict in
holds)
    says 'errors: 0$' && ! says 'max search depth too small' &&
        ! says 'Search not completed' && says '^Full statespace search'
    ;;
fails)
    says '^pan:1: assertion violated' && says 'errors: 1$'
    ;;
*)
    exit 1
    ;;
esac
