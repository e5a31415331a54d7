#!/usr/bin/env bash
# moto refuses documents with a mock integration, without a description, or with
# parameters on a path, and imports an ANY method under the name of its extension.
#
# Expected: moto's put_rest_api and import_rest_api accept what API Gateway accepts. Mock
# integrations, which have neither a URI nor an integration method, are how CORS is
# done there; info.description is optional in OpenAPI.
# Seen (moto 5.2.5): a mock integration raises TypeError, unless it has an httpMethod
# and a uri that API Gateway does not ask for. import_rest_api raises KeyError for a
# document without info.description, which put_rest_api accepts. Each member of a path
# item becomes a method: parameters and strings raise AttributeError, an object
# becomes a method named after it, and x-amazon-apigateway-any-method becomes the
# method X-AMAZON-APIGATEWAY-ANY-METHOD. Headers of method responses and gateway
# responses are not imported at all.
# Why it matters: a test against moto fails for every document with a generated
# preflight, and one that passes proves nothing about CORS.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[apigateway]==5.2.5' boto3==1.43.0
venv/bin/pip freeze | grep -E '^(moto|boto3)='

cat >look.py <<'EOF'
import json, os

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="eu-west-1")
import boto3
from moto import mock_aws

MOCK = {
    "responses": {"200": {"description": "ok", "headers": {"Access-Control-Allow-Origin": {"schema": {"type": "string"}}}}},
    "x-amazon-apigateway-integration": {
        "type": "mock",
        "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {
            "default": {
                "statusCode": "200",
                "responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'"},
            }
        },
    },
}
FULL_MOCK = {
    **MOCK,
    "x-amazon-apigateway-integration": {
        **MOCK["x-amazon-apigateway-integration"],
        "httpMethod": "POST",
        "uri": "https://unused.example.com",
    },
}
PROXY = {
    "responses": {"200": {"description": "ok"}},
    "x-amazon-apigateway-integration": {"type": "http_proxy", "httpMethod": "GET", "uri": "https://pets.example.com"},
}
GATEWAY = {
    "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}},
}


def document(path_item, **info):
    return {
        "openapi": "3.0.3",
        "info": {"title": "pets", "version": "1", **info},
        "paths": {"/pets": path_item},
        "x-amazon-apigateway-gateway-responses": GATEWAY,
    }


def methods(client, api):
    return [item for item in client.get_resources(restApiId=api)["items"] if item["path"] == "/pets"][0]


def put(path_item):
    client = boto3.client("apigateway")
    api = client.create_rest_api(name="pets")["id"]
    try:
        client.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document(path_item)))
    except Exception as refusal:
        return type(refusal).__name__
    return ", ".join(sorted(methods(client, api)["resourceMethods"]))


def imported(**info):
    client = boto3.client("apigateway")
    try:
        client.import_rest_api(body=json.dumps(document({"get": PROXY}, **info)))
    except Exception as refusal:
        return type(refusal).__name__
    return "imported"


def left_of(path_item):
    client = boto3.client("apigateway")
    api = client.create_rest_api(name="pets")["id"]
    client.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document(path_item)))
    resource = methods(client, api)["id"]
    method = client.get_method(restApiId=api, resourceId=resource, httpMethod="OPTIONS")
    declared = method["methodResponses"]["200"].get("responseParameters", {})
    return f"{len(declared)} headers of a method response, {len(client.get_gateway_responses(restApiId=api)['items'])} gateway responses"


with mock_aws():
    print("mock:", put({"options": MOCK}))
    print("mock with httpMethod and uri:", put({"options": FULL_MOCK}))
    print("  what is left:", left_of({"options": FULL_MOCK}))
    print("parameters:", put({"get": PROXY, "parameters": []}))
    print("summary:", put({"get": PROXY, "summary": "Pets"}))
    print("x-owner, an object:", put({"get": PROXY, "x-owner": {"team": "pets"}}))
    print("ANY:", put({"x-amazon-apigateway-any-method": PROXY}))
    print("import without a description:", imported())
    print("import with one:", imported(description="All pets"))
EOF
venv/bin/python look.py | tee seen
diff - seen <<'EOF'
mock: TypeError
mock with httpMethod and uri: OPTIONS
  what is left: 0 headers of a method response, 0 gateway responses
parameters: AttributeError
summary: AttributeError
x-owner, an object: GET, X-OWNER
ANY: X-AMAZON-APIGATEWAY-ANY-METHOD
import without a description: KeyError
import with one: imported
EOF
