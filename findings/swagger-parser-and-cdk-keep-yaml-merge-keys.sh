#!/usr/bin/env bash
# swagger-parser and CDK read a YAML merge key as a member named "<<", where redocly
# and cfn-lint merge.
#
# Expected: tools that read OpenAPI in YAML agree on "<<: *preflight", the usual way
# to write the preflight of many paths once. Either all merge, or those that do not
# report it.
# Seen: swagger-parser 12.1.0 (js-yaml 4) and 13.1.0 (js-yaml 5) and CDK's CfnInclude
# 2.276.0 keep a member "<<" with the anchored object in it. swagger-parser reports
# it in an operation, as an additional property; within an x-amazon-apigateway-...
# member, where any name is allowed, it validates and bundles it without a warning.
# CfnInclude never reports it. redocly 2.77.0, and cfn-lint 1.58.0 with a warning,
# merge.
# Why it matters: the integration that reaches API Gateway has a member "<<" and no
# type, though the linter in front of the bundler saw a complete mock integration.
# Members that are written out, or whole aliases ("options: *preflight"), read the
# same everywhere.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund \
	parser12@npm:@apidevtools/swagger-parser@12.1.0 \
	parser13@npm:@apidevtools/swagger-parser@13.1.0 \
	@redocly/cli@2.77.0 aws-cdk-lib@2.276.0 constructs@10.8.1
npm ls --depth 0 | tail -n +2
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0
venv/bin/pip freeze | grep cfn-lint

cat >pets.yaml <<'EOF'
openapi: 3.0.3
info: {title: pets, version: "1"}
x-preflight: &preflight
  type: mock
  passthroughBehavior: never
paths:
  /pets:
    options:
      responses: {"204": {description: preflight}}
      x-amazon-apigateway-integration:
        <<: *preflight
        contentHandling: CONVERT_TO_TEXT
EOF
{
	printf 'Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n'
	sed 's/^/        /' pets.yaml
} >template.yaml

cat >look.cjs <<'EOF'
const cdk = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const integration = (document) => JSON.stringify(document.paths["/pets"].options["x-amazon-apigateway-integration"]);

async function main() {
  for (const name of ["parser12", "parser13"]) {
    const found = require(name);
    const parser = found.default ?? found;
    await parser.validate("pets.yaml");
    console.log(`${name}, valid:`, integration(await parser.bundle("pets.yaml")));
  }
  const app = new cdk.App({ outdir: "cdk.out" });
  const stack = new cdk.Stack(app, "Stack");
  new CfnInclude(stack, "Template", { templateFile: "template.yaml" });
  const template = app.synth().getStackByName("Stack").template;
  console.log("CfnInclude:", integration(template.Resources.Api.Properties.Body));
}
main();
EOF
cat >look.py <<'EOF'
import json
from cfnlint.decode import cfn_yaml

api = cfn_yaml.load("template.yaml")["Resources"]["Api"]
print("cfn-lint:", json.dumps(api["Properties"]["Body"]["paths"]["/pets"]["options"]["x-amazon-apigateway-integration"]))
EOF
{
	node look.cjs 2>cdk.log
	npx redocly bundle pets.yaml --ext json --output bundled.json 2>redocly.log
	echo "redocly: $(node -p 'JSON.stringify(require("./bundled.json").paths["/pets"].options["x-amazon-apigateway-integration"])')"
	venv/bin/python look.py
	echo "cfn-lint warns: $(venv/bin/cfn-lint template.yaml | grep -o '^W1100')"
} | tee seen
diff - seen <<'EOF'
parser12, valid: {"<<":{"type":"mock","passthroughBehavior":"never"},"contentHandling":"CONVERT_TO_TEXT"}
parser13, valid: {"<<":{"type":"mock","passthroughBehavior":"never"},"contentHandling":"CONVERT_TO_TEXT"}
CfnInclude: {"<<":{"type":"mock","passthroughBehavior":"never"},"contentHandling":"CONVERT_TO_TEXT"}
redocly: {"type":"mock","passthroughBehavior":"never","contentHandling":"CONVERT_TO_TEXT"}
cfn-lint: {"type": "mock", "passthroughBehavior": "never", "contentHandling": "CONVERT_TO_TEXT"}
cfn-lint warns: W1100
EOF
