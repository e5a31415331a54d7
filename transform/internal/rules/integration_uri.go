package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var integrationURI = &Rule{
	ID:    "integration-uri",
	Title: "an integration has an invalid uri",
	Doc: "The uri of http and http_proxy begins with http:// or https://. That of aws and aws_proxy is an ARN of " +
		"API Gateway, which contains the path or the action to call: the ARN of a function alone is none. " +
		"aws_proxy calls Lambda functions and Firehose streams only. The import fails with another uri.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "arn:aws:lambda:eu-west-1:111122223333:function:pets"}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "` + lambda + `"}
`,
	find: findIntegrationURI,
}

var (
	// bareARN is an ARN of another service than API Gateway.
	bareARN = regexp.MustCompile(`^arn:aws[a-z-]*:([a-z0-9-]+):`)
	// calledService is the service that an ARN of API Gateway calls.
	calledService = regexp.MustCompile(`:([a-z0-9.-]+):(?:path|action)/`)
)

func findIntegrationURI(d *View) (found []Finding) {
	for _, m := range methods(d) {
		i := m.Integration
		if i == nil || i.OpaqueCall() {
			continue
		}
		uri := i.Node.Get("uri")
		if uri == nil || uri.Kind != source.Scalar || uri.IsNull() || model.Intrinsic(uri) {
			continue
		}
		wrong, hint := invalidURI(strings.ToLower(string(i.Type)), uri.Text())
		if wrong == "" {
			continue
		}
		found = append(found, Finding{
			At:      At(uri, i.Pointer.Child("uri")),
			Message: fmt.Sprintf("the uri of %s %s, so the import fails", what(m), wrong),
			Hint:    hint,
		})
	}
	return found
}

// invalidURI tells why an integration of a type cannot have a uri, as far as it is written
// out.
func invalidURI(kind, uri string) (wrong, hint string) {
	switch kind {
	case "http", "http_proxy":
		if host, _, _ := strings.Cut(uri, "/"); !isURL(uri) && !strings.Contains(host, "@") && !model.MayHavePlaceholder(host) {
			return fmt.Sprintf("is %q, which is no URL", uri), fmt.Sprintf("write %q", "https://"+uri)
		}
	case "aws", "aws_proxy":
		if service := bareARN.FindStringSubmatch(uri); service != nil && service[1] != "apigateway" {
			return fmt.Sprintf("is %q, which contains neither path nor action", uri), wrapped(service[1], uri)
		}
		service := calledService.FindStringSubmatch(uri)
		if kind == "aws_proxy" && service != nil && service[1] != "lambda" && service[1] != "firehose" {
			return fmt.Sprintf("calls %s, and aws_proxy calls Lambda functions and Firehose streams only", service[1]), "write type: aws, and map the request and the response"
		}
	}
	return "", ""
}

func isURL(uri string) bool {
	uri = strings.ToLower(uri)
	return strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://")
}

// wrapped is how API Gateway is told to call what an ARN stands for.
func wrapped(service, arn string) string {
	if parts := strings.Split(arn, ":"); service == "lambda" && len(parts) > 3 {
		return fmt.Sprintf("write %q", "arn:"+parts[1]+":apigateway:"+parts[3]+":lambda:path/2015-03-31/functions/"+arn+"/invocations")
	}
	return "write an ARN of API Gateway, as in arn:aws:apigateway:REGION:" + service + ":action/NAME"
}
