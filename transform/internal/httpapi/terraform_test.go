package httpapi

import "testing"

// TestSignOfTerraform holds what looks like Terraform, and what does not.
func TestSignOfTerraform(t *testing.T) {
	for text, want := range map[string]string{
		"uri: ${aws_lambda_function.orders.invoke_arn}": "${aws_lambda_function.orders.invoke_arn}",
		"uri: ${ var.uri }":                             "${ var.uri }",
		"uri: ${lambda_uri}":                            "${lambda_uri}",
		"{a: {b: ${lambda_uri}}}":                       "${lambda_uri}",
		"a: $${stageVariables.x}":                       "$${",
		"%{ if prod }\na: b\n%{ endif }":                "%{ if",
		"uri: ${":                                       "",
		"{":                                             "",
		"uri: https://example.com/${stageVariables.x}": "",
		"uri: ${AWS::Region}":                          "",
		"uri: ${Function.Arn}":                         "",
		"uri: !Sub ${name}":                            "",
		`{"Fn::Sub": "${name}"}`:                       "",
		"Ref: A\nb: ${name}":                           "",
	} {
		start, end := signOfTerraform([]byte(text), func(int) bool { return false })
		if got := text[start:end]; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
