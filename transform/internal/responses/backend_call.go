package responses

import (
	"bytes"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// BreakingMappings returns the request mappings of a method of a REST API that set a header which
// API Gateway sets itself: it responds to every request with 500 then. So it was recorded on a
// regional endpoint, by LocalStack's TestApiGatewayHeaderRemapping.
func BreakingMappings(i *model.Integration) (breaking []source.Member) {
	var headers []string
	switch {
	case i.Type.Is(extensions.TypeAWS), i.Type.Is(extensions.TypeAWSProxy):
		headers = []string{"content-length", "transfer-encoding", "authorization", "connection", "expect", "proxy-authenticate", "te"}
	case i.Type.Is(extensions.TypeHTTP), i.Type.Is(extensions.TypeHTTPProxy):
		headers = []string{"content-length", "transfer-encoding"}
	}
	for _, mapping := range i.Node.Get("requestParameters").Members() {
		name, ok := strings.CutPrefix(mapping.Name(), extensions.RequestHeaderPrefix)
		if ok && slices.Contains(headers, strings.ToLower(name)) {
			breaking = append(breaking, mapping)
		}
	}
	return breaking
}

// NotPOST returns the httpMethod of a proxy for a Lambda function that is not called with POST, or
// nil. A REST API with such a method can be imported, and responds to every request with 500.
func NotPOST(i *model.Integration) *source.Node {
	n := i.Node.Get("httpMethod")
	if !i.Type.Is(extensions.TypeAWSProxy) || !IsLambda(i) || !n.IsString() || n.Text() == "" || strings.EqualFold(n.Text(), "POST") || model.MayHavePlaceholder(n.Text()) {
		return nil
	}
	return n
}

// IsLambda reports whether an integration calls a Lambda function, also where a CloudFormation
// intrinsic puts its uri together.
func IsLambda(i *model.Integration) bool {
	uri := i.Node.Get("uri")
	if uri == nil {
		return false
	}
	if !uri.IsString() {
		return bytes.Contains(uri.Raw(), []byte(":lambda:path/"))
	}
	return strings.Contains(uri.Text(), ":lambda:")
}

// callFailure is the failure of a method whose backend cannot be called.
func callFailure(m *model.Method) Failure {
	if breaking := BreakingMappings(m.Integration); len(breaking) > 0 {
		return failure("it maps %s, which API Gateway sets itself", strings.TrimPrefix(breaking[0].Name(), extensions.RequestHeaderPrefix))
	}
	if n := NotPOST(m.Integration); n != nil {
		return failure("it calls a Lambda function with %q", n.Text())
	}
	return Failure{}
}
