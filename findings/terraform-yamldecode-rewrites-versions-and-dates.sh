#!/usr/bin/env bash
# Terraform's jsonencode(yamldecode(...)) turns the version of an API Gateway policy
# into a point in time, and payloadFormatVersion: 2.0 into the number 2.
#
# Expected: the usual way to give a YAML document to Terraform's "body" argument
# changes its form only: one set of rules, that of YAML 1.1 or that of 1.2, decides
# what is text.
# Seen (go-cty 1.20.0 and go-cty-yaml 1.2.0, which Terraform's functions come from):
# numbers follow 1.2, so 1_000 and 12:30:45 stay text; the rest follows 1.1. A date
# without quotes becomes a timestamp, so that "Version: 2012-10-17" of a resource
# policy is "2012-10-17T00:00:00Z"; on, off, yes, no, y and n become booleans, as keys
# too. Numbers lose their form, so "swagger: 2.0" and "payloadFormatVersion: 2.0"
# become 2.
# Why it matters: all three members have to be exact at the import, and what is
# imported is not what the document holds. Quoted values survive.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

go mod init look >init.log 2>&1
go get github.com/zclconf/go-cty@v1.20.0 github.com/zclconf/go-cty-yaml@v1.2.0 >get.log 2>&1
go list -m github.com/zclconf/go-cty github.com/zclconf/go-cty-yaml
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"log"

	yaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func main() {
	for _, text := range []string{
		"Version: 2012-10-17",
		`Version: "2012-10-17"`,
		"payloadFormatVersion: 2.0",
		`payloadFormatVersion: "2.0"`,
		"swagger: 2.0",
		"openapi: 3.0.1",
		"{on: yes, n: off}",
		"{limit: 1_000, time: 12:30:45}",
		"{200: {description: ok}, 4XX: {description: refused}}",
	} {
		value, err := yaml.YAMLDecodeFunc.Call([]cty.Value{cty.StringVal(text)})
		if err != nil {
			log.Fatal(err)
		}
		json, err := stdlib.JSONEncode(value)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(text, "->", json.AsString())
	}
}
EOF
go run . | tee seen
diff - seen <<'EOF'
Version: 2012-10-17 -> {"Version":"2012-10-17T00:00:00Z"}
Version: "2012-10-17" -> {"Version":"2012-10-17"}
payloadFormatVersion: 2.0 -> {"payloadFormatVersion":2}
payloadFormatVersion: "2.0" -> {"payloadFormatVersion":"2.0"}
swagger: 2.0 -> {"swagger":2}
openapi: 3.0.1 -> {"openapi":"3.0.1"}
{on: yes, n: off} -> {"false":false,"true":true}
{limit: 1_000, time: 12:30:45} -> {"limit":"1_000","time":"12:30:45"}
{200: {description: ok}, 4XX: {description: refused}} -> {"200":{"description":"ok"},"4XX":{"description":"refused"}}
EOF
