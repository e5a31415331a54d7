package derive

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// PreflightReason tells why a browser asks with OPTIONS before it calls a method, and
// nothing where calls are simple: GET, HEAD and POST without headers that scripts add
// (Fetch standard, CORS-safelisted method and CORS-safelisted request-header). A JSON
// body needs a Content-Type that is not safelisted.
func PreflightReason(d *model.Document, r *model.Resource, m *model.Method) string {
	if !slices.Contains([]string{"GET", "HEAD", "POST", model.Any}, m.Name) {
		return "its method"
	}
	headers := slices.DeleteFunc(NeededHeaders(d, r, []*model.Method{m}), policy.SafelistedRequestHeader)
	switch {
	case len(headers) > 0:
		if len(headers) == 1 {
			return "the header " + headers[0]
		}
		return "the headers " + strings.Join(headers, ", ")
	case m.Name == model.Any:
		return "methods that it stands for"
	}
	return ""
}
