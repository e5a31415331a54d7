#!/usr/bin/env bash
# prism sends "Access-Control-Allow-Origin: string" from a method that declares the
# header, after it has allowed the preflight request with a header of its own.
#
# Expected: prism has CORS of its own (switched on by default), and a document that
# declares Access-Control-Allow-Origin as a string, as API Gateway wants it, gets no
# less: either prism's value or none.
# Seen (prism-cli 5.16.0): prism responds to every preflight request itself, with
# the origin and the method asked for, whatever OPTIONS the document has and even on
# paths that it lacks. On the method itself the declared header replaces prism's,
# with a made-up value: the word "string". A method that declares nothing gets
# prism's. An enum with one value makes prism send that value.
# Why it matters: as soon as CORS is declared, no page can read a response of the
# mock server, though the preflight succeeds. Where prism replaces API Gateway,
# declare the header with an enum.
set -euo pipefail
tmp=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$tmp"' EXIT
cd "$tmp"

npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund @stoplight/prism-cli@5.16.0 >install.log
npm ls --depth 0 | tail -n +2

cat >pets.yaml <<'EOF'
openapi: 3.0.3
info: {title: pets, version: "1"}
paths:
  /silent:
    get:
      responses: {"200": {description: ok}}
  /declared:
    get:
      responses:
        "200":
          description: ok
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
    options:
      responses:
        "403": {description: nobody may}
  /enumerated:
    get:
      responses:
        "200":
          description: ok
          headers:
            Access-Control-Allow-Origin: {schema: {type: string, enum: ["https://app.example.com"]}}
EOF
port=$(node -e 'const server = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); })')
node_modules/.bin/prism mock --host 127.0.0.1 --port "$port" pets.yaml >prism.log 2>&1 &
server=$!
for _ in $(seq 60); do
	grep -q 'Prism is listening' prism.log && break
	sleep 0.5
done

# allowed PATH ARGUMENTS... prints the status and the header that a page would read.
allowed() {
	local path=$1
	shift
	curl --silent --show-error --max-time 20 --dump-header headers --output body \
		--header 'Origin: https://app.example.com' "$@" "http://127.0.0.1:$port$path"
	tr -d '\r' <headers | sed -n '1s/^[^ ]* \([0-9]*\).*/  \1/p; s/^Access-Control-Allow-Origin: */  /Ip' | paste -s -d ' '
}
{
	echo "preflight:"
	for path in /declared /missing; do
		echo " $path $(allowed $path --request OPTIONS --header 'Access-Control-Request-Method: GET')"
	done
	echo "GET:"
	for path in /silent /declared /enumerated; do
		echo " $path $(allowed $path)"
	done
} | tee seen
diff - seen <<'EOF'
preflight:
 /declared   204   https://app.example.com
 /missing   204   https://app.example.com
GET:
 /silent   200   https://app.example.com
 /declared   200   string
 /enumerated   200   https://app.example.com
EOF
