#!/bin/sh
# Installs what griot needs to be built and tested from Debian's packages; does nothing when all is there.
set -eu
packages="gcc clang clang-format meson ninja-build pkg-config python3 libsqlite3-dev libxml2-dev libutf8proc-dev libssl-dev \
libjansson-dev zlib1g-dev libarchive-dev libseccomp-dev poppler-utils unrtf libcmocka-dev libclang-rt-14-dev"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "griot: installing from Debian:$missing"
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -q
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $missing
