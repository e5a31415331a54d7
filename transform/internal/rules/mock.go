package rules

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// readMocks returns those of a REST API whose requests are such, or are of JSON. An HTTP API has no
// mocks.
func readMocks(d *View) (list []mock) {
	if d.API == model.HTTP {
		return nil
	}
	for _, m := range methods(d) {
		getsPreflights := m.Name == "OPTIONS" || m.Name == model.Any
		if responses.ResponderOf(m) == responses.Mock && (getsPreflights || responses.IsOfJSON(m)) {
			list = append(list, mock{m, responses.MockResponseOf(d.Document, m)})
		}
	}
	return list
}

// failsBy reports whether the mock responds with an error of API Gateway's own, of one of these
// kinds.
func (m mock) failsBy(kinds ...responses.MockFailure) bool { return slices.Contains(kinds, m.Cause) }

// at is the place of the integration.
func (m mock) at() Place { return At(m.method.Integration.Key, m.method.Integration.Pointer) }

// convertToText is the change by which the mock converts requests and responses to text.
func (m mock) convertToText() []layout.Operation {
	i := m.method.Integration
	fix := convertToText(i.Node, i.Pointer)
	if entry := responses.PreflightHave(m.method).Entry; entry != nil {
		fix = append(fix, convertToText(entry.Node, entry.Pointer)...)
	}
	return fix
}

// hintToText is that change, for people.
const hintToText = "write contentHandling: CONVERT_TO_TEXT on the integration and on its response"

// convertToText is the change by which an integration or a response of it converts to text.
// Users report that one of the two is not enough (serverless/serverless#11010).
func convertToText(n *source.Node, at source.Pointer) []layout.Operation {
	const member = "contentHandling"
	toText := layout.String(extensions.ConvertToText)
	switch has := n.Get(member); {
	case has == nil:
		return []layout.Operation{layout.Add{At: at.Child(member), Value: toText}}
	case !extensions.ContentHandling(has.Text()).Is(extensions.ConvertToText):
		return []layout.Operation{layout.Set{At: at.Child(member), Value: toText}}
	}
	return nil
}
