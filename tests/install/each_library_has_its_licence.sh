# SPDX-License-Identifier: MIT
#
# Asks what deps.sh noted when it unpacked the packages.
. "$(dirname "$0")/common.sh"

prefix=$scratch/prefix
doc=$prefix/share/doc/shards-node
install_to "$prefix"

# has_licence PACKAGE FILE
has_licence() {
    grep -q -i -E 'copyright|licen[cs]e' "$doc/$1/copyright" ||
        fail "$2 is of the package '$1', whose licence is not in $doc"
}

libraries=0
for path in "$prefix"/lib/node/*.so*; do
    file=$(basename "$path")
    package=$(awk -v file="$file" '$1 == file {print $2; exit}' \
        "$source/.deps/owners")
    has_licence "${package:-unknown}" "$file"
    version=$(awk -v name="$package" '$1 == name {print $2}' \
        "$source/.deps/lock")
    grep -q -F -x "$file	$package	$version" "$doc/libraries" ||
        fail "$file: no such line in $doc/libraries"
    libraries=$((libraries + 1))
done
[ "$libraries" -ge 20 ] || fail "$libraries libraries?"

# Archives, of which the program holds parts.
has_licence libck-dev libck.a
has_licence libllhttp-dev libllhttp.a

# Our own.
cmp "$source/LICENSE" "$doc/copyright" || fail "our own licence"

# No licence of what is not there.
for path in "$doc"/*/copyright; do
    package=$(basename "$(dirname "$path")")
    grep -q "	$package	" "$doc/libraries" || fail "$package: what for?"
done

finish
