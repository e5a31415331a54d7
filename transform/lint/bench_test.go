package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// BenchmarkRun tries all rules on a document of 1,000 resources with hand-written OPTIONS.
func BenchmarkRun(b *testing.B) {
	var doc strings.Builder
	doc.WriteString("openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n")
	for i := range 1000 {
		fmt.Fprintf(&doc, `  /r%d:
    put:
      responses: {"200": {description: done}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
    options:
      responses: {"200": {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}}
`, i)
	}
	src := []byte(doc.String())
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		d, err := transform.Parse("a.yaml", src)
		if err != nil {
			b.Fatal(err)
		}
		if found, err := lint.Run(d, lint.Options{}); err != nil || len(found) == 0 {
			b.Fatal(len(found), err)
		}
	}
}
