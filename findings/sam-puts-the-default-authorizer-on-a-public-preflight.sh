#!/usr/bin/env bash
# AWS SAM replaces the empty security list of an existing OPTIONS by its default
# authorizer, and accepts no other sign that the method is public.
#
# Expected: "security": [] on an operation declares that it needs no authorization
# (OpenAPI 3.0.3, Operation Object), and SAM's default authorizer is for methods
# without "security". At the least x-amazon-apigateway-auth of type NONE is respected.
# Seen (aws-sam-translator 1.115.0): the list is replaced, with a default authorizer
# and with ApiKeyRequired, on AWS::Serverless::Api. x-amazon-apigateway-auth changes
# nothing. Only the property AddDefaultAuthorizerToCorsPreflight: false (for keys
# AddApiKeyRequiredToCorsPreflight: false) in the template keeps the list empty.
# On AWS::Serverless::HttpApi the empty list stays without any property.
# Why it matters: browsers send preflight requests without credentials, so every
# one is refused with 401 or 403, though the document was right.
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


def security_after(auth, api_type="Api", more={}):
    preflight = {
        "security": [],
        "responses": {"204": {"description": "preflight"}},
        "x-amazon-apigateway-integration": {"type": "mock"},
        **more,
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "pets", "version": "1"},
        "paths": {"/pets": {"options": preflight}},
    }
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Api": {
                "Type": "AWS::Serverless::" + api_type,
                "Properties": {"StageName": "prod", "DefinitionBody": document, "Auth": auth},
            }
        },
    }
    api = transform(template, {}, NoPolicies())["Resources"]["Api"]
    return json.dumps(api["Properties"]["Body"]["paths"]["/pets"]["options"]["security"])


pool = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example"
cognito = {"DefaultAuthorizer": "Users", "Authorizers": {"Users": {"UserPoolArn": pool}}}
jwt = {
    "DefaultAuthorizer": "Users",
    "Authorizers": {
        "Users": {
            "IdentitySource": "$request.header.Authorization",
            "JwtConfiguration": {"issuer": "https://id.example.com", "audience": ["pets"]},
        }
    },
}
print("default authorizer:", security_after(cognito))
print("  with x-amazon-apigateway-auth NONE:", security_after(cognito, more={"x-amazon-apigateway-auth": {"type": "NONE"}}))
print("  with the property:", security_after({**cognito, "AddDefaultAuthorizerToCorsPreflight": False}))
print("AWS_IAM:", security_after({"DefaultAuthorizer": "AWS_IAM"}))
print("API key:", security_after({"ApiKeyRequired": True}))
print("  with the property:", security_after({"ApiKeyRequired": True, "AddApiKeyRequiredToCorsPreflight": False}))
print("HTTP API, default authorizer:", security_after(jwt, "HttpApi"))
EOF
venv/bin/python look.py | tee seen
diff - seen <<'EOF'
default authorizer: [{"Users": []}]
  with x-amazon-apigateway-auth NONE: [{"Users": []}]
  with the property: []
AWS_IAM: [{"AWS_IAM": []}]
API key: [{"api_key": []}]
  with the property: []
HTTP API, default authorizer: []
EOF
