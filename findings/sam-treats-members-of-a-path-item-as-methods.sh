#!/usr/bin/env bash
# AWS SAM treats nearly every member of a path item as a method, and refuses the
# template where one is not an object.
#
# Expected: a path item may hold "servers", "$ref" and any "x-..." member of any
# type (OpenAPI 3.0.3, Path Item Object), beside its operations. A SAM template
# with such a document inline is transformed, whatever Auth is set.
# Seen (aws-sam-translator 1.115.0): without Auth it is. As soon as Auth sets a
# default authorizer or requires an API key, SAM visits each member of a path item
# as a method. It passes over parameters, summary and description alone. Every
# other list, string, number, boolean or null refuses the whole template; an
# extension that is an object passes unchanged. The same members at the
# root of the document pass.
# Why it matters: a tool that keeps notes in the document (for example, which CORS
# members it generated) must keep them at the root or in objects, or the first template
# with a default authorizer is refused.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-translator==1.115.0
venv/bin/pip freeze | grep aws-sam-translator

cat >look.py <<'EOF'
import logging, os

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.CRITICAL)
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform


class NoPolicies:
    def load(self):
        return {}


def verdict(auth, path_item={}, root={}):
    operation = {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": {"type": "http_proxy", "httpMethod": "GET", "uri": "https://pets.example.com"},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "pets", "version": "1"},
        "paths": {"/pets": {"get": operation, **path_item}},
        **root,
    }
    properties = {"StageName": "prod", "DefinitionBody": document, "Auth": auth}
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"Api": {"Type": "AWS::Serverless::Api", "Properties": properties}},
    }
    try:
        transform(template, {}, NoPolicies())
    except InvalidDocumentException as refusal:
        return refusal.causes[0].message.removeprefix("Structure of the SAM template is invalid. ")
    return "accepted"


default = {"DefaultAuthorizer": "AWS_IAM"}
generated = {"x-generated": ["/options"]}
print("x-generated: list, no Auth:", verdict({}, generated))
print("x-generated: list, API key:", verdict({"ApiKeyRequired": True}, generated))
print("Auth with a default authorizer:")
members = {
    "x-generated: list": generated,
    "x-generated: string": {"x-generated": "/options"},
    "x-generated: false": {"x-generated": False},
    "x-generated: null": {"x-generated": None},
    "x-generated: object": {"x-generated": {"options": True}},
    "servers": {"servers": [{"url": "https://pets.example.com"}]},
    "$ref": {"$ref": "#/x-shared"},
    "parameters": {"parameters": []},
    "summary": {"summary": "Pets"},
    "description": {"description": "All pets"},
}
for name, member in members.items():
    print(f"  {name}:", verdict(default, member))
print("  x-generated at the root, list:", verdict(default, root=generated))
print("  x-generated at the root, object:", verdict(default, root={"x-generated": {"/pets": ["/options"]}}))
EOF
venv/bin/python look.py | tee seen
diff - seen <<'EOF'
x-generated: list, no Auth: accepted
x-generated: list, API key: Definition of method 'x-generated' for path '/pets' should be a map.
Auth with a default authorizer:
  x-generated: list: Definition of method 'x-generated' for path '/pets' should be a map.
  x-generated: string: Definition of method 'x-generated' for path '/pets' should be a map.
  x-generated: false: Definition of method 'x-generated' for path '/pets' should be a map.
  x-generated: null: Definition of method 'x-generated' for path '/pets' should be a map.
  x-generated: object: accepted
  servers: Definition of method 'servers' for path '/pets' should be a map.
  $ref: Definition of method '$ref' for path '/pets' should be a map.
  parameters: accepted
  summary: accepted
  description: accepted
  x-generated at the root, list: accepted
  x-generated at the root, object: accepted
EOF
