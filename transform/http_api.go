package transform

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// httpSign returns a member that only a document for an HTTP API has, or nil.
// x-amazon-apigateway-cors at the root and payloadFormatVersion are no such
// signs: both are met in documents for REST APIs.
func httpSign(d *model.Document) *source.Node {
	if shared := d.Root.Get("components").Get(extensions.NameIntegrations); shared != nil {
		return shared
	}
	for _, scheme := range d.Root.Get("components").Get("securitySchemes").Members() {
		authorizer := scheme.Value.Get(extensions.NameAuthorizer).Get("type")
		if strings.EqualFold(authorizer.Text(), string(extensions.AuthorizerJWT)) {
			return authorizer
		}
	}
	for _, r := range d.Resources {
		for _, m := range r.Methods() {
			if sign := m.Node.Get(extensions.MemberIsDefaultRoute); sign != nil {
				return sign
			}
			if m.Integration != nil && m.Integration.Node.Get("integrationSubtype") != nil {
				return m.Integration.Node.Get("integrationSubtype")
			}
		}
	}
	return nil
}
