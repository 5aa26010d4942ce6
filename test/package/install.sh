#!/usr/bin/env bash
# Proves the package: it holds what users need and nothing else, and once installed in an empty folder it runs with Node alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
clone=$PWD
version=$(node -p 'require("./package.json").version')
room=$(mktemp -d)
trap 'kill ${sandbox:-} 2>/dev/null || true; rm -rf "$room"' EXIT

fail() {
  echo "package: $1" >&2
  exit 1
}

npm pack --silent --pack-destination "$room" >/dev/null
tar -xzf "$room/hrsync-$version.tgz" -C "$room"
for file in LICENSE README.md config.example.yaml bin/hrsync.js dist/run.js dist/THIRD_PARTY_LICENSES.txt; do
  [ -s "$room/package/$file" ] || fail "$file is missing"
done
strays=$(cd "$room/package" && find . -type f | grep -vE '^\./((bin|dist)/[^/]+\.js|dist/[^/]+\.js\.map|dist/THIRD_PARTY_LICENSES\.txt|LICENSE|README\.md|config\.example\.yaml|package\.json)$' || true)
[ -z "$strays" ] || fail "it holds what nobody needs: $strays"
# Each package that the source maps name needs its notice.
grep -ohE 'node_modules/(@[^/"]+/)?[^/"]+' "$room"/package/dist/*.js.map | sort -u | sed 's|^node_modules/||' >"$room/bundled"
[ -s "$room/bundled" ] || fail 'the source maps name no package'
while read -r name; do
  grep -qE "^$name [0-9][^ ]* \(" "$room/package/dist/THIRD_PARTY_LICENSES.txt" || fail "the licence notice of $name is missing"
done <"$room/bundled"
! grep -rlF "$clone" "$room/package" || fail 'it names a folder of this machine'

mkdir "$room/app" && cd "$room/app"
npm install --silent --no-audit --no-fund --prefer-offline "$room/hrsync-$version.tgz"
hrsync=(env -i "PATH=$PATH" node_modules/.bin/hrsync)
megabytes=$(du -sm node_modules | cut -f1)
[ "$megabytes" -le 40 ] || fail "it takes $megabytes MB once installed: at most 40 are wanted"
[ "$("${hrsync[@]}" --version)" = "$version" ] || fail 'it is of another version'
"${hrsync[@]}" demo --people 20 >demo.txt 2>&1 || fail 'its demo ended with an error'

"${hrsync[@]}" sandbox --people 20 --write-config sandbox.yaml >sandbox.txt &
sandbox=$!
for _ in {1..300}; do [ -s sandbox.yaml ] || sleep 0.1; done
"${hrsync[@]}" import-all -c sandbox.yaml >first.txt 2>&1 || fail 'it cannot import'
"${hrsync[@]}" import-all -c sandbox.yaml | grep -q 'nothing to do' || fail 'it does something twice'
code=0
"${hrsync[@]}" status -c nowhere.yaml 2>/dev/null || code=$?
[ "$code" = 2 ] || fail "it ends with $code where there is no config"
echo "package: hrsync $version installs in $megabytes MB and runs"
