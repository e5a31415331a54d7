#!/usr/bin/env bash
# AWS SAM wraps the headers of every existing OPTIONS 200 into another schema, and
# with a default authorizer into two.
#
# Expected: a response header of OpenAPI 3.0, {"schema": {"type": "string"}}, is
# what SAM itself would generate, so a document that has it is passed on as it is;
# all the more in a template with neither Cors nor Auth.
# Seen (aws-sam-translator 1.115.0): SAM treats the header as one of Swagger 2.0 and
# wraps it: {"schema": {"schema": {"type": "string"}}}. It does so without any
# property that asks for changes. With a default authorizer it does so twice, and
# the schema is three deep. It looks at the status 200 of OPTIONS alone: 204, other methods
# and documents of Swagger 2.0 keep theirs.
# Why it matters: what reaches API Gateway is not what was reviewed, and a schema
# with a member "schema" is no valid OpenAPI. A preflight that is to survive SAM
# unchanged responds with 204, or belongs to a Swagger 2.0 document.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-translator==1.115.0
venv/bin/pip freeze | grep aws-sam-translator

cat >look.py <<'EOF'
import json, logging, os

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.CRITICAL)
from samtranslator.translator.transform import transform


class NoPolicies:
    def load(self):
        return {}


def header_after(method, status, version="openapi", **properties):
    header = {"schema": {"type": "string"}} if version == "openapi" else {"type": "string"}
    response = {"description": "ok", "headers": {"Access-Control-Allow-Origin": header}}
    document = {
        version: {"openapi": "3.0.3", "swagger": "2.0"}[version],
        "info": {"title": "pets", "version": "1"},
        "paths": {"/pets": {method: {"responses": {status: response}, "x-amazon-apigateway-integration": {"type": "mock"}}}},
    }
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Api": {
                "Type": "AWS::Serverless::Api",
                "Properties": {"StageName": "prod", "DefinitionBody": document, **properties},
            }
        },
    }
    api = transform(template, {}, NoPolicies())["Resources"]["Api"]
    responses = api["Properties"]["Body"]["paths"]["/pets"][method]["responses"]
    return json.dumps(responses[status]["headers"]["Access-Control-Allow-Origin"])


print("options 200:", header_after("options", "200"))
print("options 200, Cors:", header_after("options", "200", Cors="'*'"))
print("options 200, Auth:", header_after("options", "200", Auth={"DefaultAuthorizer": "AWS_IAM"}))
print("options 204:", header_after("options", "204"))
print("get 200:", header_after("get", "200"))
print("options 200, Swagger 2.0:", header_after("options", "200", "swagger"))
EOF
venv/bin/python look.py | tee seen
diff - seen <<'EOF'
options 200: {"schema": {"schema": {"type": "string"}}}
options 200, Cors: {"schema": {"schema": {"type": "string"}}}
options 200, Auth: {"schema": {"schema": {"schema": {"type": "string"}}}}
options 204: {"schema": {"type": "string"}}
get 200: {"schema": {"type": "string"}}
options 200, Swagger 2.0: {"type": "string"}
EOF
