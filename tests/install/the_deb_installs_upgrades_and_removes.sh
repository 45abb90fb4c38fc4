# SPDX-License-Identifier: MIT
#
# In a root of its own, by a dpkg that knows of nothing else.
. "$(dirname "$0")/common.sh"

command -v dpkg >/dev/null || { echo "skipped: no dpkg"; exit 77; }
[ "$(id -u)" -eq 0 ] || { echo "skipped: dpkg is for root"; exit 77; }

package DEB
deb=$(echo "$scratch"/packages/*.deb)
root=$scratch/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
: >"$root/var/lib/dpkg/status"
dpkg_() {
    PATH=$PATH:/usr/sbin:/sbin dpkg --root="$root" "$@" >"$scratch/log" 2>&1
}

field() { dpkg-deb -f "$deb" "$1"; }
is Package "$(field Package)" shards-node
is Version "$(field Version)" "$("$build/node" --version)"
is Architecture "$(field Architecture)" "$(dpkg --print-architecture)"
is Conflicts "$(field Conflicts)" 'nodejs, libnode-dev'
is Provides "$(field Provides)" ''
is Depends "$(field Depends)" ''
is name "$(basename "$deb")" \
    "shards-node_$(field Version)_$(field Architecture).deb"

# make NAME VERSION DIR: a package of DIR, quickly.
make() {
    mkdir -p "$3/DEBIAN"
    printf '%s\n' "Package: $1" "Version: $2" 'Architecture: all' \
        'Maintainer: nobody <nobody@localhost>' 'Description: none' \
        ${4:+"$4"} >"$3/DEBIAN/control"
    dpkg-deb -Znone -b "$3" "$scratch/$1_$2.deb" >/dev/null
}

# Not beside nodejs.
mkdir -p "$scratch/other/usr/share/nothing"
make nodejs 20 "$scratch/other"
dpkg_ -i "$scratch/nodejs_20.deb" || fail "nodejs: $(cat "$scratch/log")"
dpkg_ -i "$deb" && fail "it installs beside nodejs"
grep -q 'shards-node conflicts with nodejs' "$scratch/log" ||
    fail "nodejs: $(cat "$scratch/log")"
dpkg_ -P nodejs shards-node

# Installed.
find "$root" ! -path '*/var/*' | sort >"$scratch/before"
dpkg_ -i "$deb" || fail "install: $(cat "$scratch/log")"
echo 'exports.installed = "yes";' \
    >"$root/usr/lib/node_libraries/installed.js"
"$root/usr/bin/node" "$here/where.js" >"$scratch/found" 2>&1
printf '%s\n' "$root/usr/bin/node" "$root/usr" "$root/usr/lib/node_libraries" \
    yes >"$scratch/expected"
diff -u "$scratch/expected" "$scratch/found" || fail "as installed"
dpkg_ -V shards-node || fail "verify: $(cat "$scratch/log")"

# Upgraded, to one that has a file less and a file more.
new=$scratch/new
dpkg-deb -R "$deb" "$new"
rm "$new/usr/bin/node-repl" "$new/DEBIAN/md5sums"
touch "$new/usr/bin/node-new"
sed -i 's/^Version: .*/Version: 999/' "$new/DEBIAN/control"
dpkg-deb -Znone -b "$new" "$scratch/new.deb" >/dev/null
dpkg_ -i "$scratch/new.deb" || fail "upgrade: $(cat "$scratch/log")"
[ -e "$root/usr/bin/node-repl" ] && fail "upgrade: node-repl is still there"
[ -e "$root/usr/bin/node-new" ] || fail "upgrade: node-new is not there"
is upgraded "$("$root/usr/bin/node" --version)" "$(field Version)"

# Removed: what the user put there stays.
dpkg_ -r shards-node || fail "remove: $(cat "$scratch/log")"
[ -e "$root/usr/lib/node_libraries/installed.js" ] || fail "it took a library"
rm -r "$root/usr/lib/node_libraries"
find "$root/usr" -depth -type d -empty -delete
find "$root" ! -path '*/var/*' | sort >"$scratch/after"
diff -u "$scratch/before" "$scratch/after" || fail "it left files"
dpkg_ -P shards-node
[ -s "$root/var/lib/dpkg/status" ] && fail "it is still known"

finish
