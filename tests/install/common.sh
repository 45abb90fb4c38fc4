# SPDX-License-Identifier: MIT
#
# For the scripts, which are called with the source and the build directory:
# . common.sh, then look at what comes of them.

source=$1 build=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
    echo "$*"
    failures=$((failures + 1))
}

finish() {
    [ "$failures" -eq 0 ]
    exit
}

# is WHAT FOUND EXPECTED
is() {
    [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"
}

install_to() {
    cmake --install "$build" --prefix "$1" >"$scratch/log" 2>&1 ||
        { cat "$scratch/log"; exit 1; }
}

# package GENERATOR [VARIABLE=VALUE...]: in $scratch/packages, quickly made.
package() {
    generator=$1
    shift
    (cd "$build" && cpack -G "$generator" -B "$scratch/packages" \
        -D CPACK_DEBIAN_COMPRESSION_TYPE=none ${1:+-D "$1"}) \
        >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
}

# privately COMMAND...: mounts are its own.
if [ "$(id -u)" -eq 0 ]; then
    privately() { unshare -m "$@"; }
else
    privately() { unshare -rm "$@"; }
fi

needs_mounts() {
    mkdir "$scratch/mountpoint"
    privately mount --rbind / "$scratch/mountpoint" 2>"$scratch/log" && return
    echo "skipped: $(cat "$scratch/log")"
    exit 77
}

# The programs that PREFIX has.
programs() {
    for name in node node_g; do
        [ ! -e "$1/bin/$name" ] || echo "$name"
    done
}
