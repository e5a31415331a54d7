package gateway

import (
	"path"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// certainty is how sure it is that something holds of a caller without a signature, which
// preflights are.
type certainty int

const (
	no    certainty = iota
	maybe           // it depends on where the call comes from, or on what is not in the document
	yes
)

// A resourcePolicy is what the resource policy of an API says. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
type resourcePolicy struct {
	statements []statement
	unreadable bool
}

// statement is one of a resource policy: it allows or denies some callers some calls.
type statement struct {
	denies    bool
	anybody   certainty
	resources any
}

// resourcePolicyOf reads a resource policy; nil: there is none.
func resourcePolicyOf(tree any) *resourcePolicy {
	if tree == nil {
		return nil
	}
	p := &resourcePolicy{}
	object := asObject(tree)
	list, isList := object["Statement"].([]any)
	if !isList {
		list = []any{object["Statement"]}
	}
	for _, one := range list {
		s := asObject(one)
		effect, isText := s["Effect"].(string)
		if s == nil || !isText || intrinsic(s) || s["NotResource"] != nil {
			p.unreadable = true
			continue
		}
		about := min(isAnybody(s["Principal"]), anyOf(s["Action"], isInvoke))
		if s["NotPrincipal"] != nil || s["NotAction"] != nil {
			about = maybe
		}
		if s["Condition"] != nil {
			about = min(about, maybe)
		}
		p.statements = append(p.statements, statement{effect == "Deny", about, s["Resource"]})
	}
	p.unreadable = p.unreadable || intrinsic(object)
	return p
}

// allows tells how sure it is that a caller without a signature may make a call: one that is
// denied may not, nor one that nothing allows.
func (p *resourcePolicy) allows(method, path string) certainty {
	allowed, denied := no, no
	for _, s := range p.statements {
		applies := min(s.anybody, anyOf(s.resources, func(pattern string) certainty { return covers(pattern, method+path) }))
		if s.denies {
			denied = max(denied, applies)
		} else {
			allowed = max(allowed, applies)
		}
	}
	switch {
	case denied == yes:
		return no
	case p.unreadable && allowed == no:
		return maybe
	case denied == maybe || p.unreadable:
		return min(allowed, maybe)
	}
	return allowed
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
	text, ok := value.(string)
	if !ok || strings.Contains(text, "${") {
		return maybe
	}
	return holds(text)
}

// isAnybody tells how sure it is that a principal is everybody, also who does not say who they
// are.
func isAnybody(principal any) certainty {
	if object := asObject(principal); object != nil && !intrinsic(object) {
		principal = object["AWS"]
	}
	if principal == nil {
		return no
	}
	return anyOf(principal, func(name string) certainty {
		if name == "*" {
			return yes
		}
		return no
	})
}

// isInvoke reports whether an action is that of calling an API.
func isInvoke(action string) certainty { return globs(strings.ToLower(action), "execute-api:invoke") }

// covers tells how sure it is that a resource, execute-api:/STAGE/METHOD/PATH or an ARN that ends
// so, is that of a method and a path, whatever the stage is.
func covers(resource, call string) certainty {
	rest, ok := strings.CutPrefix(resource, "execute-api:/")
	if parts := strings.SplitN(resource, ":", 6); !ok && len(parts) == 6 {
		_, rest, ok = strings.Cut(parts[5], "/") // behind the identifier of the API
	}
	stage, rest, hasMethod := strings.Cut(rest, "/")
	switch {
	case resource == "*", ok && stage == "*" && !hasMethod:
		return yes
	case !ok || !hasMethod:
		return maybe
	case stage == "*":
		return globs(rest, call)
	}
	return min(globs(rest, call), maybe)
}

// globs reports whether a pattern of IAM, in which * is any text and ? any character, matches.
func globs(pattern, text string) certainty {
	const slash = "\x00" // at slashes * would stop
	quoted := strings.NewReplacer("/", slash, "[", `\[`, `\`, `\\`).Replace(pattern)
	matches, err := path.Match(quoted, strings.ReplaceAll(text, "/", slash))
	switch {
	case err != nil:
		return maybe
	case matches:
		return yes
	}
	return no
}

// guard answers a call that the resource policy refuses.
func (c *call) guard() *Answer {
	if c.api.policy == nil {
		return nil
	}
	at := pointer(extensions.NamePolicy)
	signed := c.method.access.iam && c.header("Authorization") != ""
	switch c.api.policy.allows(c.req.Method, c.req.Path) {
	case no:
		if signed {
			break
		}
		c.step(ruleResourcePolicyDenies, at, "it lets nobody call %s %s without a signature", c.req.Method, c.req.Path)
		return c.refuse(extensions.AccessDenied, "User: anonymous is not authorized to perform: execute-api:Invoke")
	case yes:
		return nil
	}
	c.step(ruleResourcePolicy, at, "the API has one")
	return nil
}
