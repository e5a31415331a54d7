package extensions

import (
	"strconv"
	"strings"
)

// Integrations is the value of x-amazon-apigateway-integrations in the
// document's components: reusable integrations by name. HTTP APIs only.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integrations.html
type Integrations map[string]Integration

// UnmarshalJSON reads an object of objects; it does not judge.
func (m *Integrations) UnmarshalJSON(data []byte) (err error) {
	*m, err = decodeEntries[string, Integration](data)
	return err
}

// Validate reports the mistakes of every integration.
func (m Integrations) Validate() error {
	return validate(func(c checker) {
		for _, name := range sortedKeys(m) {
			m[name].check(c.member(name))
		}
	})
}

// Validate reports every mistake at once, as joined [*Error] values: values that
// AWS's page does not have, members that contradict each other, mappings outside
// their grammar, misspelled members. It judges the integration alone, not its
// place in a document, and nothing that is an intrinsic or holds a ${placeholder}.
func (i Integration) Validate() error {
	return validate(i.check)
}

func (i Integration) check(c checker) {
	if !c.members(i.fields(), i.Unknown, false) {
		return
	}
	c.member("$ref").quoted(i.Ref)
	if !i.Ref.IsZero() {
		return
	}
	i.checkType(c)
	i.checkBackend(c)
	i.checkConnection(c)
	i.checkRequest(c)
	i.checkResponses(c)
	i.checkPayloadFormat(c.member("payloadFormatVersion"))
	i.checkLimits(c)
}

func (i Integration) checkType(c checker) {
	const name = "type"
	if missing(name, i.fields(), i.Unknown) {
		c.member(name).report("", "is missing; use %s",
			list([]string{"http", "http_proxy", "aws", "aws_proxy", "mock"}))
	}
	oneOf(c.member(name), i.Type, TypeHTTP, TypeHTTPProxy, TypeAWS, TypeAWSProxy, TypeMock)
}

func (i Integration) checkBackend(c checker) {
	uri, _ := c.member("uri").quoted(i.URI)
	method, hasMethod := c.member("httpMethod").quoted(i.HTTPMethod)
	c.member("credentials").quoted(i.Credentials)
	c.member("integrationSubtype").quoted(i.IntegrationSubtype)
	c.member("integrationTarget").quoted(i.IntegrationTarget)

	if i.Type != "" && !i.Type.IsMock() && i.URI.IsZero() && i.IntegrationSubtype.IsZero() {
		c.member("uri").report("", "is missing; an integration of type %s calls a backend", i.Type)
	}
	isLambda := strings.Contains(uri, ":lambda:path/") && strings.Contains(uri, "/functions/")
	if isLambda && hasMethod && !strings.EqualFold(method, "POST") {
		c.member("httpMethod").report(method, "does not invoke a Lambda function; write \"POST\"")
	}
}

func (i Integration) checkConnection(c checker) {
	oneOfString(c.member("connectionType"), i.ConnectionType, "INTERNET", "VPC_LINK")
	c.member("connectionId").quoted(i.ConnectionID)
	kind, _ := i.ConnectionType.Text()
	if strings.EqualFold(kind, "VPC_LINK") && i.ConnectionID.IsZero() {
		c.member("connectionId").report("", "is missing; name the VPC link")
	}
	if i.TLSConfig != nil {
		tls := c.member("tlsConfig")
		tls.members(i.TLSConfig.fields(), i.TLSConfig.Unknown, false)
		tls.member("serverNameToVerify").quoted(i.TLSConfig.ServerNameToVerify)
	}
}

func (i Integration) checkRequest(c checker) {
	requestMapping.check(c.member("requestParameters"), i.restParameters())
	c.member("requestTemplates").quotedEntries(i.RequestTemplates)
	oneOf(c.member("passthroughBehavior"), i.PassthroughBehavior, PassthroughWhenNoTemplates, PassthroughWhenNoMatch, PassthroughNever)
	oneOf(c.member("contentHandling"), i.ContentHandling, ConvertToText, ConvertToBinary)
}

// restParameters returns the request mappings that follow the grammar of REST APIs.
func (i Integration) restParameters() map[string]String {
	isHTTP := !i.PayloadFormatVersion.IsZero() || !i.IntegrationSubtype.IsZero()
	parameters := make(map[string]String, len(i.RequestParameters))
	for target, source := range i.RequestParameters {
		if IsRESTMapping(target, isHTTP) {
			parameters[target] = source
		}
	}
	return parameters
}

// IsRESTMapping reports whether the target of a request mapping follows the grammar of REST APIs: in
// an integration of an HTTP API, which has payloadFormatVersion or integrationSubtype and a dialect
// for each kind of backend, only "integration.request." and what follows could not be anything else.
func IsRESTMapping(target string, isHTTP bool) bool {
	isDialect := isHTTP || strings.Contains(target, ":")
	return !isDialect || strings.HasPrefix(target, "integration.request.")
}

func (i Integration) checkResponses(c checker) {
	responses := i.Responses
	if raw, ok := i.Unknown["responses"]; ok {
		responses, _ = decodeEntries[string, IntegrationResponse](raw) // those that can be read
	}
	for _, pattern := range sortedKeys(responses) {
		responses[pattern].check(c.member("responses").member(pattern))
	}
	mode := c.member("responseTransferMode")
	oneOfString(mode, i.ResponseTransferMode, "BUFFERED", "STREAM")
	text, _ := i.ResponseTransferMode.Text()
	if strings.EqualFold(text, "STREAM") && i.Type != "" && !i.Type.IsProxy() {
		mode.report(text, "needs a proxy integration, not type %s", i.Type)
	}
}

func (i Integration) checkPayloadFormat(c checker) {
	version := checkPayloadFormat(c, i.PayloadFormatVersion)
	isLambdaProxy := i.Type == "" || i.Type.Is(TypeAWSProxy) && i.IntegrationSubtype.IsZero()
	if version == 2 && !isLambdaProxy {
		c.report(i.PayloadFormatVersion.String(), "is for Lambda proxies only; write \"1.0\"")
	}
}

// checkPayloadFormat returns the version, or 0. It compares numbers, since 1.0
// is one in many documents, and is 1 once a converter has seen it.
func checkPayloadFormat(c checker, s String) (version float64) {
	text, ok := c.text(s)
	if !ok {
		return 0
	}
	version, err := strconv.ParseFloat(text, 64)
	if err != nil || version != 1 && version != 2 {
		c.report(text, "is not a payload format; write \"1.0\" or \"2.0\"")
		return 0
	}
	return version
}

func (i Integration) checkLimits(c checker) {
	c.member("cacheNamespace").quoted(i.CacheNamespace)
	for n, parameter := range i.CacheKeyParameters {
		c.member("cacheKeyParameters").index(n).quoted(parameter)
	}
	if i.TimeoutInMillis != nil && *i.TimeoutInMillis < 50 {
		c.member("timeoutInMillis").report(strconv.Itoa(*i.TimeoutInMillis), "is too short; write at least 50")
	}
}
