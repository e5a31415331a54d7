package rules

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var siblingVariables = &Rule{
	ID:    "sibling-variables",
	Title: "a part of a path has two variables",
	Doc: "A resource has one variable child at most. The import fails: A sibling of this resource already " +
		"has a variable path part.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /pets/{id}: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}}
  /pets/{name}/toys: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}}
`,
	Passes: `paths:
  /pets/{id}: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}}
  /pets/{id}/toys: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}}
`,
	find: findSiblingVariables,
}

func findSiblingVariables(d *View) (found []Finding) {
	variable := map[string]string{} // by the path above it
	for _, r := range d.Resources {
		if r.IsNull() {
			continue
		}
		above := ""
		for part := range strings.SplitSeq(strings.Trim(r.Path, "/"), "/") {
			if strings.HasPrefix(part, "{") && pathPart.MatchString(part) { // another rule speaks of the others
				switch first := variable[above]; first {
				case "":
					variable[above] = part
				case part:
				default:
					item := r.Items[0]
					found = append(found, Finding{
						At:      At(item.KeyNode, item.Pointer),
						Message: fmt.Sprintf("%s has the variable %s where another path has %s, and only one is allowed below %s, so the import fails", r.Path, part, first, cmp.Or(above, "/")),
						Hint:    "give the variable one name",
					})
				}
			}
			above += "/" + part
		}
	}
	return found
}
