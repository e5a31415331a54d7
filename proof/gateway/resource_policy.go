package gateway

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// certainty is how sure a document makes it that something holds.
type certainty int

const (
	no    certainty = iota
	maybe           // it depends on the stage, on where a request comes from, or on a deployment
	yes
)

// not is the certainty of the contrary.
func (c certainty) not() certainty { return yes - c }

// A resourcePolicy is what the resource policy of a REST API says of callers without a
// signature, which preflights are.
type resourcePolicy struct {
	statements []statement
	unreadable bool // in part: it may say anything
}

// statement allows or denies everybody some requests.
type statement struct {
	denies  bool
	applies certainty // to a caller without a signature
	covers  func(request string) certainty
}

// resourcePolicyOf reads a policy: an object, or a string with the JSON of one.
func resourcePolicyOf(tree any) *resourcePolicy {
	if tree == nil {
		return nil
	}
	if text, ok := tree.(string); ok && json.Unmarshal([]byte(text), &tree) != nil {
		return &resourcePolicy{unreadable: true}
	}
	object := asObject(tree)
	p := &resourcePolicy{unreadable: intrinsic(object)}
	list, isList := object["Statement"].([]any)
	if !isList {
		list = []any{object["Statement"]}
	}
	for _, one := range list {
		p.add(asObject(one))
	}
	return p
}

func (p *resourcePolicy) add(s map[string]any) {
	effect := asText(s["Effect"])
	if effect != "Allow" && effect != "Deny" || intrinsic(s) {
		p.unreadable = true
		return
	}
	applies := either(s, "Principal", isEverybody)
	if s["NotPrincipal"] != nil && effect == "Allow" { // of which AWS says not to use it
		applies = min(applies, maybe)
	}
	applies = min(applies, either(s, "Action", isInvoke))
	if s["Condition"] != nil {
		applies = min(applies, maybe)
	}
	p.statements = append(p.statements, statement{effect == "Deny", applies, func(request string) certainty {
		return either(s, "Resource", func(pattern string) certainty { return coversRequest(pattern, request) })
	}})
}

// either tells what a member says, or the one with Not before its name says to the contrary.
func either(s map[string]any, name string, holds func(string) certainty) certainty {
	if other := s["Not"+name]; other != nil {
		return anyOf(other, holds).not()
	}
	return anyOf(s[name], holds)
}

// of tells how sure it is that the policy allows everybody a request of a method and a path, and
// how sure that it denies everybody this request.
func (p *resourcePolicy) of(method, path string) (allowed, denied certainty) {
	for _, s := range p.statements {
		applies := min(s.applies, s.covers("/"+method+path))
		if s.denies {
			denied = max(denied, applies)
		} else {
			allowed = max(allowed, applies)
		}
	}
	if p.unreadable {
		allowed, denied = max(allowed, maybe), max(denied, maybe)
	}
	return allowed, denied
}

// anyOf is how sure it is that one of a text, or of a list of texts, holds; what is known only
// when the document is deployed may.
func anyOf(value any, holds func(string) certainty) certainty {
	if list, ok := value.([]any); ok {
		surest := no
		for _, one := range list {
			surest = max(surest, anyOf(one, holds))
		}
		return surest
	}
	if object := asObject(value); object != nil && !intrinsic(object) { // kinds of principals
		if value = object["AWS"]; value == nil {
			return no
		}
		return anyOf(value, holds)
	}
	text, ok := value.(string)
	if !ok || hasPlaceholder(text) {
		return maybe
	}
	return holds(text)
}

// isEverybody tells whether a principal is everybody, also who does not say who they are.
func isEverybody(name string) certainty { return sure(name == "*") }

// isInvoke tells whether an action is that of calling an API.
func isInvoke(action string) certainty {
	return sure(globs(strings.ToLower(action), "execute-api:invoke"))
}

func sure(holds bool) certainty {
	if holds {
		return yes
	}
	return no
}

// coversRequest tells how sure it is that a resource, execute-api:/STAGE/METHOD/PATH or an ARN that
// ends so, is that of "/METHOD/PATH". Which stage is requested is not known; * spans slashes.
func coversRequest(resource, request string) certainty {
	rest, ok := strings.CutPrefix(resource, "execute-api:/")
	if parts := strings.SplitN(resource, ":", 6); !ok && len(parts) == 6 {
		_, rest, ok = strings.Cut(parts[5], "/") // behind the identifier of the API
	}
	const anyStage, otherStage = "\x01", "\x01\x01" // which nothing but * matches
	switch {
	case resource == "*", ok && globs(rest, anyStage+request) && globs(rest, otherStage+request):
		return yes
	case !ok:
		return maybe
	}
	// Some stage may match what stands before the rest of the pattern.
	for i := 1; i <= len(rest) && rest[i-1] != '/'; i++ {
		if globs(rest[i:], request) || rest[i-1] == '*' && globs(rest[i-1:], request) {
			return maybe
		}
	}
	return no
}

// globs reports whether a pattern of IAM, in which * is any text and ? any character, matches.
func globs(pattern, text string) bool {
	quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	matches, err := regexp.MatchString("(?s)^"+quoted+"$", text)
	return err == nil && matches
}

// guard answers a request that the resource policy refuses. Who signs, and whom a Lambda function
// lets in, needs no permission of it, and only to be denied nothing. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
func (c *call) guard() *Response {
	if c.api.policy == nil || c.api.options.APIType != REST {
		return nil
	}
	at := pointer(extensions.NamePolicy)
	a := c.method.access
	allowed, denied := c.api.policy.of(c.req.Method, c.req.Path)
	hasOther := a.iam && c.header("Authorization") != "" || a.authorizer != nil && a.authorizer.isFunction
	switch {
	case denied == yes, allowed == no && !hasOther:
		c.step(BehaviourResourcePolicyDenies, at, "it lets nobody call %s %s without a signature", c.req.Method, c.req.Path)
		return c.refuse(extensions.AccessDenied, "User: anonymous is not authorized to perform: execute-api:Invoke")
	case allowed == yes && denied == no:
		return nil
	}
	c.step(behaviourResourcePolicy, at, "the API has one")
	return nil
}
