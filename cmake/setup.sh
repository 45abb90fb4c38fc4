# SPDX-License-Identifier: MIT
#
# What run.sh and test.sh share; they set $top and source this.  Each function
# does one step, says so in one line on stderr, and does and says nothing when
# there is nothing to do.  Nothing here reads the caller's stdin.

# What building (and testing) needs that a bare Debian lacks.
# for, command, package, why
tools='
build gcc     gcc             compiles the C
build g++     g++             compiles what speaks to V8
build cmake   cmake           configures; its ctest runs the tests
build ninja   ninja-build     builds
test  curl    curl            an HTTP client that is not ours
test  nc      netcat-openbsd  sends what no HTTP client would
test  wrk     wrk             load
test  dnsmasq dnsmasq-base    a name server on loopback
test  make    make            builds an extension as the manual does
test  strace  strace          counts the system calls of a request
test  spin    spin            visits every state of a model
test  ps      procps          finds and measures processes
'

say() { echo "$(basename "$0"): $*" >&2; }
die() { say "$*"; exit 1; }

# missing_packages FOR...
missing_packages() {
    echo "$tools" | while read -r for command package why; do
        case " $* " in *" ${for:-none} "*) ;; *) continue ;; esac
        command -v "$command" >/dev/null || printf ' %s' "$package"
    done
}

# run_quietly COMMAND...: its output is shown only when it fails.
run_quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# install_tools FOR...
install_tools() {
    PATH=$PATH:/usr/sbin:/sbin # not in a user's PATH on Debian
    packages=$(missing_packages "$@")
    [ -n "$packages" ] || return 0

    by_hand="apt-get install --no-install-recommends$packages"
    command -v apt-get >/dev/null ||
        die "missing here, and no apt-get to install it:$packages"
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "please run as root: $by_hand"
        sudo=sudo
    fi
    say "installing$packages"
    run_quietly $sudo apt-get -q update &&
        run_quietly $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get -q -y install --no-install-recommends $packages ||
        die "that failed (no network, no sudo?); as root it is: $by_hand"
}

make_runtime() {
    sh "$top/cmake/deps.sh" </dev/null
}

# build_tree NAME TARGET [CMAKE OPTION...]: configure and build $top/NAME, one
# process at a time.  A tree that was configured otherwise, or somewhere else
# before it was moved here, starts afresh.  CI takes no warnings.
build_tree() {
    tree=$top/$1 name=$1 target=$2
    shift 2
    case ${CI:-} in ''|false|0) ;; *) set -- "$@" -DWERROR=ON ;; esac
    mkdir -p "$tree"
    (
        flock 9
        configure "$@" && build
    ) 9>"$tree/.mutex" </dev/null || exit 1
}

configure() {
    options="$tree $*"
    [ -f "$tree/build.ninja" ] &&
        [ "$(cat "$tree/.options" 2>/dev/null)" = "$options" ] && return
    say "configuring $name/"
    run_quietly cmake --fresh -S "$top" -B "$tree" -G Ninja \
        -DCMAKE_BUILD_TYPE=Release "$@" || return
    echo "$options" > "$tree/.options"
}

# Ninja's own line of progress is for terminals.
build() {
    cd "$tree" || return
    case $(ninja -n "$target" 2>&1) in *'no work to do.') return ;; esac
    say "building $name/"
    if [ -t 2 ]; then ninja "$target" >&2; else ninja --quiet "$target" >&2; fi
}
