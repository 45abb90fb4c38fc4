#!/bin/sh
# SPDX-License-Identifier: MIT
#
# deps.sh [DIR]: make the private runtime in DIR (default: .deps of this tree).
#
# V8, libuv, llhttp, c-ares and ck are Debian forky's packages.  Older hosts
# have older ones, and installing libnode-dev clashes with a host's nodejs; so
# the packages are unpacked beside our sources instead of installed, with their
# own libc and loader.  The host is not changed and root is not needed:
#
#     DIR/root    what the packages hold, less what we have no use for
#     DIR/lock    package, version and SHA-256 of each .deb in root
#     DIR/owners  each shared library in root and the package it came in
#
# A private apt configuration does the resolving, downloading and verifying.
# Its mirror is one that the host's own configuration names for Debian, its
# keys are the host's Debian archive keys.
#
# The root is made in a temporary directory and renamed into place when it is
# whole and checked; its stamp says which version of this script made it.
set -eu

suite=forky

# What we link to.  apt adds what these depend on.
packages='libnode-dev libnode137 libuv1-dev libllhttp-dev libc-ares-dev
          libck-dev'

# Parts of the closure that nothing here loads or reads.
unwanted='^(node.*|openssl-.*|libc-gconv-.*)$'

# What must be there afterwards: sonames we link to and headers we include.
expected='lib/libnode.so.137 lib/libuv.so.1 lib/libcares.so.2
          lib/libllhttp.a lib/libck.a lib/libstdc++.so.6 lib/libc.so.6
          include/nodejs/deps/v8/include/v8.h include/uv.h include/llhttp.h
          include/ares.h include/ck_ring.h'

say() { echo "deps: $*" >&2; }
die() { say "$*"; exit 1; }

# With the first thing that apt complained of.
fail() {
    [ ! -e "$tmp/log" ] || grep -m 1 '^[EW]: ' "$tmp/log" >&2 || :
    die "$@"
}

# Debian's paths have the multiarch triplet, the loader its own name.
look_at_machine() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        die "no apt-get and dpkg-deb here; the private runtime is made of" \
            "Debian packages (or build with -DSYSTEM_DEPS=ON)"
    arch=$(dpkg --print-architecture)
    case $arch in
    amd64) triplet=x86_64-linux-gnu loader=ld-linux-x86-64.so.2 ;;
    arm64) triplet=aarch64-linux-gnu loader=ld-linux-aarch64.so.1 ;;
    *) die "unsupported architecture $arch (amd64 and arm64 are)" ;;
    esac
    for keyring in /usr/share/keyrings/debian-archive-keyring.gpg \
                   /usr/share/keyrings/debian-archive-keyring.pgp; do
        [ ! -r "$keyring" ] || return 0
    done
    die "no Debian archive keys (install debian-archive-keyring)"
}

# The apt configuration in $tmp: nothing of the host's state is read, nothing
# is written outside $tmp, none of the host's hooks run.  Proxy settings stay.
write_apt_config() {
    mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial" "$tmp/debs"
    : > "$tmp/status"
    cat > "$tmp/apt.conf" <<EOF
Dir::State "$tmp";
Dir::State::Lists "$tmp/lists";
Dir::State::Status "$tmp/status";
Dir::Cache "$tmp/cache";
Dir::Cache::Archives "$tmp/cache/archives";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Acquire::Languages "none";
APT::Update::Error-Mode "any";
APT::Install-Recommends "false";
#clear APT::Default-Release;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
EOF
    # apt drops root for a user that may not be able to enter $tmp.
    [ "$(id -u)" -ne 0 ] || echo 'APT::Sandbox::User "root";' >> "$tmp/apt.conf"
    # The same, for our suite only.
    {
        cat "$tmp/apt.conf"
        echo "Dir::Etc::SourceList \"$tmp/sources.list\";"
        echo 'Dir::Etc::SourceParts "/dev/null";'
    } > "$tmp/suite.conf"
}

# The mirrors of the host's sources whose signed Release file says Debian.
# Security and third parties are not mirrors of our suite, media cannot be.
debian_mirrors() {
    apt-get "$@" indextargets 'Created-By: Packages' \
        --format '$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)' 2>>"$tmp/log" |
        awk '$1 == "Debian" && $2 == "Debian" && $3 == "main" &&
             $4 ~ /^(https?|file|mirror\+[a-z]+):/ && !seen[$4]++ {print $4}'
}

# A host whose package lists were never fetched, or were removed as container
# images do, is asked through lists of our own.
find_mirrors() {
    mirrors=$(debian_mirrors)
    if [ -z "$mirrors" ]; then
        apt-get -c "$tmp/apt.conf" -q update >>"$tmp/log" 2>&1 || :
        mirrors=$(debian_mirrors -c "$tmp/apt.conf")
    fi
    [ -n "$mirrors" ] || fail "apt's configuration here leads to no Debian" \
        "mirror (no network, or no Debian source in /etc/apt)"
}

fetch_index() {
    for mirror in $mirrors; do
        echo "deb [arch=$arch signed-by=$keyring] $mirror $suite main" \
            > "$tmp/sources.list"
        update_index && return
    done
    fail "cannot fetch Debian $suite's package index (no network?)"
}

# A frozen mirror's index outlives its date.  It is still signed by Debian, and
# we look for versions, not for updates: say so and take it.
update_index() {
    apt-get -c "$tmp/suite.conf" -q update >"$tmp/log" 2>&1 && return
    grep -q '^E: .* is expired' "$tmp/log" || return
    say "the mirror is frozen: taking its $suite although its date has passed"
    echo 'Acquire::Check-Valid-Until "false";' >> "$tmp/suite.conf"
    apt-get -c "$tmp/suite.conf" -q update >"$tmp/log" 2>&1
}

# Resolve against an empty dpkg status, so that the closure is complete.
resolve() {
    apt-get -c "$tmp/suite.conf" -q -s install $packages \
        > "$tmp/plan" 2>>"$tmp/log" ||
        fail "Debian $suite no longer has all of:" $packages
    awk -v unwanted="$unwanted" \
        '$1 == "Inst" && $2 !~ unwanted {print $2 "=" substr($3, 2)}' \
        "$tmp/plan" > "$tmp/wanted"
}

download() {
    (cd "$tmp/debs" && apt-get -c "$tmp/suite.conf" -q download \
        $(cat "$tmp/wanted")) >>"$tmp/log" 2>&1 ||
        fail "cannot download the packages"
}

unpack() {
    for deb in "$tmp"/debs/*.deb; do
        package=$(dpkg-deb -f "$deb" Package)
        dpkg-deb -X "$deb" "$tmp/root" > "$tmp/files"
        sed -n "s,^.*/\([^/]*\.so[.0-9]*\)\$,\1	$package,p" "$tmp/files" \
            >> "$tmp/owners"
        echo "$(dpkg-deb -W "$deb")	$(sha256sum < "$deb" | cut -d' ' -f1)"
    done > "$tmp/lock"
}

# Licences stay, also where one package's folder of them is a link to another's.
# Of the archives we link llhttp's and ck's.
trim() {
    lib=$tmp/root/usr/lib/$triplet
    rm -rf "$tmp/root/etc" "$lib/gconv" "$lib/engines-3" "$lib/cmake" \
        "$lib/pkgconfig"
    doc=$tmp/root/usr/share/doc
    find "$tmp/root/usr/share" ! -type d ! -name copyright \
        ! \( -type l -path "$doc/*" ! -path "$doc/*/*" \) -delete
    find "$tmp/root/usr/share" -type d -empty -delete
    find "$lib" -name '*.a' ! -name libllhttp.a ! -name libck.a -delete
}

check() {
    for path in $expected "lib/$loader"; do
        case $path in lib/*) path=lib/$triplet/${path#lib/} ;; esac
        [ -e "$tmp/root/usr/$path" ] ||
            fail "Debian $suite's packages do not hold usr/$path:" \
                "they are not the versions this tree is written for"
    done
}

# Dates of today, so that whatever was built on an older root is built again.
install_root() {
    find "$tmp/root" -exec touch -h {} +
    echo "$key" > "$tmp/root/.stamp"
    [ ! -e "$dir/root" ] || mv "$dir/root" "$tmp/old"
    mv "$tmp/lock" "$tmp/owners" "$dir"
    mv "$tmp/root" "$dir/root"
}

self=$(cd "$(dirname "$0")" && pwd)
dir=${1:-$self/../.deps}

look_at_machine
key="$arch $(sha256sum < "$self/deps.sh" | cut -d' ' -f1)"

is_made() { [ "$(cat "$dir/root/.stamp" 2>/dev/null)" = "$key" ]; }
is_made && exit

mkdir -p "$dir" 2>/dev/null && dir=$(cd "$dir" && pwd) && [ -w "$dir" ] ||
    die "cannot write to $dir"

# One at a time; who had to wait finds it made.
exec 9>"$dir/.mutex"
flock 9
is_made && exit

rm -rf "$dir"/tmp.*
tmp=$(mktemp -d "$dir/tmp.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

say "making the private runtime in $dir (50 MB from Debian $suite)"
write_apt_config
find_mirrors
fetch_index
resolve
download
unpack
trim
check
install_root
