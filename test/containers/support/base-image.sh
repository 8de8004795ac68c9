#!/usr/bin/env bash
# Makes a stand-in for node:24-bookworm-slim where no registry can be reached: Debian by debootstrap, Node from the npm
# package that the tests run, and this machine's certificates, so that npm works in it. Nothing of it leaves the machine.
# $1: the tag to make. Does nothing where that is there.
set -euo pipefail
tag=$1
docker image inspect "$tag" >/dev/null 2>&1 && exit
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 || { tail -20 "$root.log" >&2; exit 1; }
rm -rf "$root.log" "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -m 755 "$(node -p 'process.execPath')" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$root/usr/local/lib/node_modules/npm"
for program in npm npx; do
  ln -s "../lib/node_modules/npm/bin/$program-cli.js" "$root/usr/local/bin/$program"
done
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid 1000 --create-home node
tar -C "$root" --numeric-owner -c . | docker import --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$tag" >/dev/null
