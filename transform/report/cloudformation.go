package report

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// corsConfigurationProperty returns the property CorsConfiguration in YAML: that of
// AWS::ApiGatewayV2::Api, and of AWS::Serverless::HttpApi, which has the same members.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-api-cors.html
func corsConfigurationProperty(c configuration) (string, error) {
	var b strings.Builder
	b.WriteString("CorsConfiguration:\n")
	for _, m := range c {
		if err := m.refuseDerived(); err != nil {
			return "", err
		}
		if m.list == nil {
			fmt.Fprintf(&b, "  %s: %s\n", m.capitalized(), inYAML(m.scalar))
			continue
		}
		fmt.Fprintf(&b, "  %s:\n", m.capitalized())
		for _, v := range m.list {
			fmt.Fprintf(&b, "    - %s\n", inYAML(v))
		}
	}
	return b.String(), nil
}

// refuseDerived refuses what is neither in the document nor an intrinsic.
func (m member) refuseDerived() error {
	for _, v := range append(m.list, m.scalar) {
		if text, ok := v.(string); ok && model.HasPlaceholder(text) {
			return filledIn(m.name, text)
		}
	}
	return nil
}

// inYAML writes a value as JSON, which is YAML as well.
func inYAML(v any) string {
	if i, ok := v.(intrinsic); ok {
		return string(i)
	}
	return compact(v)
}
