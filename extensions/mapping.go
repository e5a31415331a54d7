package extensions

import "strings"

// What the targets of mappings start with; the name of the header follows.
const (
	RequestHeaderPrefix         = "integration.request.header."
	ResponseHeaderPrefix        = "method.response.header."
	GatewayResponseHeaderPrefix = "gatewayresponse.header."
)

// Static returns the mapping value that gives text as it is: text in the single
// quotes that tell a static value from a mapping expression.
func Static(text string) String {
	return Literal("'" + text + "'")
}

// StaticText returns the text of a static mapping value, without its quotes.
// For a mapping expression, an intrinsic and the zero String, ok is false.
func (s String) StaticText() (text string, ok bool) {
	if s.form != literal || !isStatic(s.text) {
		return "", false
	}
	return s.text[1 : len(s.text)-1], true
}

func isStatic(text string) bool {
	return len(text) >= 2 && text[0] == '\'' && text[len(text)-1] == '\''
}

// A mapping is the grammar of one kind of parameter mapping. Targets and sources
// are written up to the parameter's name. After a body follows a JSONPath or
// nothing.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
type mapping struct {
	targets []string
	sources []string
	body    string
}

var (
	requestMapping = mapping{
		targets: []string{
			RequestHeaderPrefix, "integration.request.path.", "integration.request.querystring.",
		},
		sources: []string{
			"method.request.header.", "method.request.multivalueheader.", "method.request.path.",
			"method.request.querystring.", "method.request.multivaluequerystring.", "stageVariables.", "context.",
		},
		body: "method.request.body",
	}
	responseMapping = mapping{
		targets: []string{ResponseHeaderPrefix},
		sources: []string{
			"integration.response.header.", "integration.response.multivalueheader.", "stageVariables.", "context.",
		},
		body: "integration.response.body",
	}
	// Of context.* AWS's page says nothing. Whether it is refused is not known,
	// so it is not called a mistake.
	gatewayMapping = mapping{
		targets: []string{
			GatewayResponseHeaderPrefix, "gatewayresponse.path.", "gatewayresponse.querystring.",
		},
		sources: []string{
			"method.request.header.", "method.request.path.", "method.request.querystring.", "context.",
		},
	}
)

func (m mapping) check(c checker, parameters map[string]String) {
	for _, target := range sortedKeys(parameters) {
		if IsIntrinsicName(target) {
			continue
		}
		at := c.member(target)
		m.checkTarget(at, target)
		m.checkSource(at, parameters[target])
	}
}

func (m mapping) checkTarget(c checker, target string) {
	if isTemplated(target) {
		return
	}
	prefix, name, ok := cutPrefixes(target, m.targets)
	switch {
	case !ok && isParameterName(target) && !strings.Contains(target, "."):
		c.reportName("is not a mapping target; write %q", m.targets[0]+target)
	case !ok:
		c.reportName("is not a mapping target; write %s", alternatives(m.targets))
	case isExpression(name):
		// Pasted from another mapping: imported without a word, and sends a
		// header of that name.
		c.reportName("names a parameter %q; write %q", name, prefix+name[strings.LastIndexByte(name, '.')+1:])
	case !isParameterName(name):
		c.reportName("does not end in a parameter name: letters, digits and . _ $ -")
	}
}

func (m mapping) checkSource(c checker, source String) {
	if source.form == scalar {
		c.report(source.text, "is not a string, the import drops it; write %q", "'"+source.text+"'")
		return
	}
	text, ok := c.text(source)
	if !ok || m.isSource(text) {
		return
	}
	switch {
	case isStatic(text) && hasSlippedQuote(text):
		c.report(text, "has a single quote too many; write %q", "'"+strings.Trim(text, "'")+"'")
	case isStatic(text):
	case isExpression(text):
		c.report(text, "is not a source of this mapping; use %s",
			alternatives(m.sources, "a static value in single quotes"))
	default:
		c.report(text, "is not a mapping expression; a static value stands in single quotes: %q",
			"'"+strings.Trim(text, "'")+"'")
	}
}

func (m mapping) isSource(text string) bool {
	if m.body != "" && (text == m.body || strings.HasPrefix(text, m.body+".")) {
		return true
	}
	prefix, name, ok := cutPrefixes(text, m.sources)
	if prefix == "context." { // also context.authorizer.claims['cognito:groups']
		return name != ""
	}
	return ok && isParameterName(name)
}

// hasSlippedQuote finds a static value with one quote more at an end than it
// needs. Quotes in pairs are left alone, for a Content-Security-Policy holds
// them, and so is an apostrophe in the text.
func hasSlippedQuote(static string) bool {
	inner := static[1 : len(static)-1]
	return strings.Count(inner, "'")%2 == 1 && (strings.HasPrefix(inner, "'") || strings.HasSuffix(inner, "'"))
}

// isExpression reports whether text looks like a mapping expression of any kind.
func isExpression(text string) bool {
	roots := []string{"method.", "integration.", "gatewayresponse.", "context.", "stageVariables."}
	_, _, ok := cutPrefixes(text, roots)
	return ok
}

func cutPrefixes(text string, prefixes []string) (prefix, rest string, ok bool) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return prefix, rest, true
		}
	}
	return "", "", false
}

// alternatives lists what may start a target or a source, and what else there is.
func alternatives(prefixes []string, others ...string) string {
	names := make([]string, len(prefixes))
	for i, prefix := range prefixes {
		names[i] = prefix + "NAME"
	}
	return list(append(names, others...))
}

// isParameterName reports whether name matches ^[a-zA-Z0-9._$-]+$.
func isParameterName(name string) bool {
	for _, r := range name {
		if !isNameRune(r) {
			return false
		}
	}
	return name != ""
}

func isNameRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._$-", r)
}
