#!/usr/bin/env bash
# The parameter of /files/{proxy+} has no spelling that the common validators accept
# together with API Gateway's.
#
# Expected: API Gateway's own documents declare the greedy path variable {proxy+} as
# the path parameter "proxy". Validators either know that, or at least want the name
# between the braces, "proxy+".
# Seen: swagger-parser 13.1.0 (for Swagger 2.0) and openapi-spec-validator 0.9.0 want
# "proxy+". redocly 2.77.0 and spectral 6.16.3 see no variable in "{proxy+}" at all:
# to them both spellings are parameters that the path does not use, and only an
# operation that declares none passes, which the other two refuse. No spelling
# passes all four.
# Why it matters: an OPTIONS that is added beside a greedy ANY has to declare the
# parameter as API Gateway knows it, and then all four report it. What
# validators report about greedy paths does not predict the import.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund \
	@apidevtools/swagger-parser@13.1.0 @redocly/cli@2.77.0 @stoplight/spectral-cli@6.16.3 >install.log
npm ls --depth 0 | tail -n +2
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
venv/bin/pip freeze | grep openapi-spec-validator

echo 'extends: ["spectral:oas"]' >ruleset.yaml

# document NAME PARAMETERS writes a Swagger 2.0 document with one greedy path.
document() {
	cat >"$1.json" <<EOF
{
  "swagger": "2.0",
  "info": {"title": "files", "version": "1"},
  "paths": {
    "/files/{proxy+}": {
      "get": {
        "operationId": "getFile",
        "parameters": [$2],
        "responses": {"200": {"description": "ok"}}
      }
    }
  }
}
EOF
}
document proxy '{"name": "proxy", "in": "path", "required": true, "type": "string"}'
document proxy+ '{"name": "proxy+", "in": "path", "required": true, "type": "string"}'
document none ''

# verdict TOOL NAME RAN PATTERN COMMAND... prints whether the output has the pattern
# of a complaint about the parameter. RAN is in the output of every complete run.
verdict() {
	local tool=$1 name=$2 ran=$3 pattern=$4
	shift 4
	"$@" >out 2>&1 || true # findings of other rules
	grep -q -- "$ran" out || { cat out >&2; return 1; }
	if grep -q -- "$pattern" out; then
		echo "$tool: $name is refused"
	else
		echo "$tool: $name is accepted"
	fi
}

cat >parse.cjs <<'EOF'
const found = require("@apidevtools/swagger-parser");
const parser = found.default ?? found;
parser.validate(process.argv[2]).then(
  () => console.log("validated"),
  (refusal) => console.log("validated:", refusal.message),
);
EOF
for name in proxy proxy+ none; do
	file=$name.json
	verdict swagger-parser "$name" validated 'path parameter' node parse.cjs "$file"
	verdict openapi-spec-validator "$name" "$file: " 'Path parameter' venv/bin/python -m openapi_spec_validator "$file"
	verdict redocly "$name" '"totals"' path-parameters-defined npx redocly lint "$file" --extends recommended --format json
	verdict spectral "$name" '"code"' path-params npx spectral lint --ruleset ruleset.yaml --format json "$file"
done | tee seen
diff - seen <<'EOF'
swagger-parser: proxy is refused
openapi-spec-validator: proxy is refused
redocly: proxy is refused
spectral: proxy is refused
swagger-parser: proxy+ is accepted
openapi-spec-validator: proxy+ is accepted
redocly: proxy+ is refused
spectral: proxy+ is refused
swagger-parser: none is refused
openapi-spec-validator: none is refused
redocly: none is accepted
spectral: none is accepted
EOF
