package httpapi

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// checkTerraform returns a finding where Terraform deletes the configuration that the import of
// its body attribute has made (hashicorp/terraform-provider-aws#33390).
func checkTerraform(doc *own.Reading) outcome.Notes {
	file := doc.Root.File
	isGenerated := func(off int) bool {
		for n := range doc.HandWritten.Hidden {
			if n.Start <= off && off < n.End {
				return true
			}
		}
		return false
	}
	start, end := signOfTerraform(file.Src, isGenerated)
	if start == end {
		return outcome.Notes{}
	}
	return outcome.Found(rules.Finding{
		Rule: rules.TerraformDeletesCORS, At: rules.InFile(file.Name, file.Position(start)),
		Message: fmt.Sprintf("%q looks like Terraform, whose aws_apigatewayv2_api deletes the CORS configuration that an import of body has made", file.Src[start:end]),
		Hint:    "give the resource a block cors_configuration; apigw-cors export --as terraform prints it, with the same options",
	})
}

var (
	// ofTerraform is what templatefile and the expressions of Terraform leave in a
	// text.
	ofTerraform = regexp.MustCompile(`^(?:\$\$\{|%\{~? *(?:if|for|else|endif|endfor)\b|\$\{ *(?:var|local|module|data|each|aws_[a-z0-9_]+)\.[^}\n]*\}?)`)

	// placeholder is a ${name}, which templatefile fills in, and others do as well.
	placeholder = regexp.MustCompile(`^\$\{ *[a-z][A-Za-z0-9_]* *\}`)
)

// signOfTerraform returns where a text has something of Terraform, and nothing twice
// where it has not. A name in braces counts where nothing is CloudFormation's. Places
// that are to be skipped do not count.
func signOfTerraform(src []byte, skip func(off int) bool) (start, end int) {
	const longest = 200 // bytes of one sign
	first := -1
	for at := 0; ; at++ {
		next := bytes.IndexByte(src[at:], '{')
		if next < 0 {
			break
		}
		at += next
		begin := at - 1
		if begin < 0 || src[begin] != '$' && src[begin] != '%' {
			continue
		}
		if begin > 0 && src[begin-1] == '$' {
			begin--
		}
		text := src[begin:min(len(src), begin+longest)]
		if found := ofTerraform.Find(text); found != nil && !skip(begin) {
			return begin, begin + len(found)
		}
		if first < 0 && placeholder.Match(text) && !skip(begin) {
			first = begin
		}
	}
	if first < 0 || isOfCloudFormation(src) {
		return 0, 0
	}
	return first, first + len(placeholder.Find(src[first:]))
}

// isOfCloudFormation reports whether a text has what the body in a template of
// CloudFormation has.
func isOfCloudFormation(src []byte) bool {
	return slices.ContainsFunc([]string{"Fn::", "${AWS::", "!Sub ", "!Ref ", "!GetAtt ", "!Join ", "!If ", "Ref: ", `"Ref":`},
		func(sign string) bool { return bytes.Contains(src, []byte(sign)) })
}
