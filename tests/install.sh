#!/bin/sh
# The built program, installed: into a staging folder, then run from another folder; and moved as a whole.
# usage: install.sh BUILD_FOLDER
set -eu
build=$(cd "$1" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
DESTDIR=$stage/first meson install -C "$build" --no-rebuild --quiet
mkdir "$stage/else"
cd "$stage/else"
code() { # program
    echo 'Gunmen killed 12 soldiers near Tera.' | "$1" code - | grep -q '"type":"kill"' || { echo "FAILED $1 code"; exit 1; }
}
program=$(find "$stage/first" -path '*/bin/griot' -type f)
code "$program"
"$program" rules check >/dev/null
"$program" demo -o map.geojson >/dev/null
mv "$stage/first" "$stage/second"
program=$(find "$stage/second" -path '*/bin/griot' -type f)
code "$program"
ln -s "$program" griot
code ./griot
for file in share/man/man1/griot.1 share/bash-completion/completions/griot share/griot/gazetteer.griot include/griot.h \
    share/griot/knowledge/places/ATTRIBUTION; do
    find "$stage/second" -path "*/$file" | grep -q . || { echo "FAILED: $file is not installed"; exit 1; }
done
