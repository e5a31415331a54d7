#!/usr/bin/env bash
# redocly bundle --remove-unused-components removes the schemas and the authorizer
# that only x-amazon-apigateway-any-method uses, and leaves the references to them.
#
# Expected: a schema with a "$ref" to it, and a security scheme in a "security"
# list, are used. API Gateway's exports write an ANY method as an operation
# under the extension x-amazon-apigateway-any-method. A bundler that does not look
# there should keep what it may not judge, and never write a "$ref" to nothing.
# Seen (redocly 2.77.0): both are removed. The bundle has a "$ref" without a target
# and a method that refers to an authorizer which is not defined; the command succeeds,
# and redocly lint of its own output reports neither. With "get" in place of the
# extension both stay.
# Why it matters: API Gateway imports a model and an authorizer from what is gone.
# Enabling CORS puts an OPTIONS beside ANY that needs neither, so no operation is
# left that keeps them in use.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund @redocly/cli@2.77.0 >install.log
npm ls --depth 0 | tail -n +2

# document NAME METHOD writes a document with one authorized method.
document() {
	cat >"$1.json" <<EOF
{
  "openapi": "3.0.3",
  "info": {"title": "pets", "version": "1"},
  "paths": {
    "/pets": {
      "$2": {
        "security": [{"Users": []}],
        "responses": {
          "200": {
            "description": "ok",
            "content": {"application/json": {"schema": {"\$ref": "#/components/schemas/Pets"}}}
          }
        }
      },
      "options": {"security": [], "responses": {"204": {"description": "preflight"}}}
    }
  },
  "components": {
    "schemas": {"Pets": {"type": "array", "items": {"type": "string"}}},
    "securitySchemes": {
      "Users": {
        "type": "apiKey", "in": "header", "name": "Authorization",
        "x-amazon-apigateway-authtype": "cognito_user_pools"
      }
    }
  }
}
EOF
}
document any x-amazon-apigateway-any-method
document get get

cat >look.cjs <<'EOF'
const { components = {}, paths } = require(`./${process.argv[2]}-bundled.json`);
const method = Object.values(paths["/pets"])[0];
console.log(" components:", Object.keys(components).join(", ") || "none");
console.log(" the method refers to", method.responses["200"].content["application/json"].schema.$ref);
console.log(" the method lists", Object.keys(method.security[0]).join(", "));
EOF
cat >problems.cjs <<'EOF'
const rules = require("./lint.json").problems.map((problem) => problem.ruleId);
console.log(" lint:", ["no-unresolved-refs", "security-defined"].filter((rule) => rules.includes(rule)).join(", ") || "neither");
EOF
# lint FILE prints which of the two rules about what is missing report something.
lint() {
	npx redocly lint "$1" --extends recommended --format json >lint.json 2>redocly.log || true # other rules do
	node problems.cjs
}
{
	for name in any get; do
		npx redocly bundle "$name.json" --remove-unused-components --output "$name-bundled.json" 2>redocly.log
		echo "$name:"
		node look.cjs "$name"
		lint "$name-bundled.json"
	done
	echo "the bundle of any, the method renamed to get:"
	sed 's/x-amazon-apigateway-any-method/get/' any-bundled.json >renamed.json
	lint renamed.json
} | tee seen
diff - seen <<'EOF'
any:
 components: none
 the method refers to #/components/schemas/Pets
 the method lists Users
 lint: neither
get:
 components: schemas, securitySchemes
 the method refers to #/components/schemas/Pets
 the method lists Users
 lint: neither
the bundle of any, the method renamed to get:
 lint: no-unresolved-refs, security-defined
EOF
