package extensions

import (
	"encoding/json"
	"path"
	"strings"
)

// Certainty is how sure a document makes it that something holds.
type Certainty int

const (
	No    Certainty = iota
	Maybe           // it depends on what is not in the document
	Yes
)

// A ResourcePolicy is what the resource policy of a REST API says of callers without a
// signature: who they are makes no difference then. Preflights are of this kind. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
type ResourcePolicy struct {
	statements []policyStatement
	unreadable bool // in part: it may say anything
}

// policyStatement is a part of a policy that allows or denies everybody something.
type policyStatement struct {
	denies    bool
	applies   Certainty // to a caller without a signature
	resources any
}

// ReadResourcePolicy reads the JSON of x-amazon-apigateway-policy: an object, or a string that
// holds one. What cannot be read may say anything.
func ReadResourcePolicy(text []byte) ResourcePolicy {
	var value any
	if json.Unmarshal(text, &value) != nil {
		return ResourcePolicy{unreadable: true}
	}
	if inner, ok := value.(string); ok && json.Unmarshal([]byte(inner), &value) != nil {
		return ResourcePolicy{unreadable: true}
	}
	object, _ := value.(map[string]any)
	p := ResourcePolicy{unreadable: IsIntrinsicTree(object)}
	list, isList := object["Statement"].([]any)
	if !isList {
		list = []any{object["Statement"]}
	}
	for _, one := range list {
		if s, ok := one.(map[string]any); ok {
			p.add(s)
		} else {
			p.unreadable = true
		}
	}
	return p
}

func (p *ResourcePolicy) add(s map[string]any) {
	effect, _ := s["Effect"].(string)
	if effect != "Allow" && effect != "Deny" || IsIntrinsicTree(s) || s["NotResource"] != nil {
		p.unreadable = true
		return
	}
	applies := min(isEverybody(s["Principal"]), anyOf(s["Action"], isInvoke))
	if s["NotPrincipal"] != nil || s["NotAction"] != nil {
		applies = Maybe
	}
	if s["Condition"] != nil {
		applies = min(applies, Maybe)
	}
	p.statements = append(p.statements, policyStatement{effect == "Deny", applies, s["Resource"]})
}

// Allows tells how sure it is that a caller without a signature may call a method of a path,
// whatever the stage: not if that is denied, nor if nothing allows it.
func (p ResourcePolicy) Allows(method, path string) Certainty {
	allowed, denied := No, No
	for _, s := range p.statements {
		applies := min(s.applies, anyOf(s.resources, func(pattern string) Certainty { return covers(pattern, method+path) }))
		if s.denies {
			denied = max(denied, applies)
		} else {
			allowed = max(allowed, applies)
		}
	}
	switch {
	case denied == Yes:
		return No
	case p.unreadable:
		return Maybe
	case denied == Maybe:
		return min(allowed, Maybe)
	}
	return allowed
}

// anyOf is how sure it is that one of a text, or of a list of texts, holds; what is known only
// when the document is deployed may.
func anyOf(value any, holds func(string) Certainty) Certainty {
	if list, ok := value.([]any); ok {
		surest := No
		for _, one := range list {
			surest = max(surest, anyOf(one, holds))
		}
		return surest
	}
	text, ok := value.(string)
	if !ok || isTemplated(text) {
		return Maybe
	}
	return holds(text)
}

// isEverybody tells how sure it is that a principal is everybody, also who does not say who they
// are.
func isEverybody(principal any) Certainty {
	if object, ok := principal.(map[string]any); ok && !IsIntrinsicTree(object) {
		principal = object["AWS"]
	}
	if principal == nil {
		return No
	}
	return anyOf(principal, func(name string) Certainty {
		if name == "*" {
			return Yes
		}
		return No
	})
}

// isInvoke tells whether an action is that of calling an API.
func isInvoke(action string) Certainty { return globs(strings.ToLower(action), "execute-api:invoke") }

// covers tells how sure it is that a resource, execute-api:/STAGE/METHOD/PATH or an ARN that ends
// so, is that of METHOD/PATH.
func covers(resource, call string) Certainty {
	rest, ok := strings.CutPrefix(resource, "execute-api:/")
	if parts := strings.SplitN(resource, ":", 6); !ok && len(parts) == 6 {
		_, rest, ok = strings.Cut(parts[5], "/") // behind the identifier of the API
	}
	stage, rest, hasMethod := strings.Cut(rest, "/")
	switch {
	case resource == "*", ok && stage == "*" && !hasMethod:
		return Yes
	case !ok || !hasMethod:
		return Maybe
	case stage == "*":
		return globs(rest, call)
	}
	return min(globs(rest, call), Maybe)
}

// globs tells whether a pattern of IAM, in which * is any text and ? any character, matches.
func globs(pattern, text string) Certainty {
	const slash = "\x00" // at slashes * would stop
	quoted := strings.NewReplacer("/", slash, "[", `\[`, `\`, `\\`).Replace(pattern)
	matches, err := path.Match(quoted, strings.ReplaceAll(text, "/", slash))
	switch {
	case err != nil:
		return Maybe
	case matches:
		return Yes
	}
	return No
}
