package responses

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// ConversionFailure is the failure of a method whose backend is mapped, and whose templates are to be
// applied to bytes: to those of every request, or of every response after a success. So it was
// recorded by LocalStack's TestApiGatewayS3BinarySupport.
func ConversionFailure(d *model.Document, m *model.Method) Failure {
	if ResponderOf(m) != BackendMapped {
		return Failure{}
	}
	if IsOfJSON(m) && d.Hidden.Get(d.Hidden.Get(m.Integration.Node, "requestTemplates"), jsonType) != nil {
		if r := converted(d, m.Integration); r.Fails != "" || r.Unknown != "" {
			return Failure{Status: r.Status, Why: r.Fails, Unknown: r.Unknown}
		}
	}
	entries := entriesOfSuccess(m.Integration)
	if len(entries) > 0 && !slices.ContainsFunc(entries, func(e model.IntegrationResponse) bool { return !rendersBytes(&e) }) {
		return failure("the contentHandling of its response is %s, and a template renders text", extensions.ConvertToBinary)
	}
	return Failure{}
}
