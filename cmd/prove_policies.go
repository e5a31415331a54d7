package cmd

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
)

// policiesOf returns the policies of the resources that enable was asked to enable, also of those
// whose OPTIONS it has kept, which have no block that says it. Of an HTTP API the document says
// it all.
func policiesOf(flags *policyFlags, o transform.Options, res *transform.Result, source *transform.Document) (func(resource string) (extensions.CORS, bool), error) {
	if res.Target.API == transform.HTTP {
		return nil, nil
	}
	p, err := flags.policy()
	if err != nil {
		return nil, err
	}
	explained, err := transform.Explain(source, p, o)
	if err != nil {
		return nil, err
	}
	of := map[string]extensions.CORS{}
	for _, e := range explained {
		if !isAsked(res.Resources, e.Path) {
			continue
		}
		if of[e.Path], err = asBlock(e.Members); err != nil {
			return nil, err
		}
	}
	return func(resource string) (extensions.CORS, bool) {
		policy, ok := of[resource]
		return policy, ok
	}, nil
}

// isAsked reports whether requests to a resource are to come out as the policy says.
func isAsked(resources []transform.Resource, path string) bool {
	return slices.ContainsFunc(resources, func(r transform.Resource) bool {
		return r.Path == path && (r.Outcome == transform.Enabled || r.Outcome == transform.Kept)
	})
}

// asBlock returns the members of a policy as a block would say them.
func asBlock(members []transform.Explained) (extensions.CORS, error) {
	block := map[string]any{}
	for _, m := range members {
		switch isExpression := strings.HasPrefix(m.Value, "{"); { // an intrinsic function, as JSON
		case m.Value == "none":
		case isExpression && isList[m.Name]:
			block[m.Name] = []any{json.RawMessage(m.Value)}
		case isExpression, m.Name == "maxAge", m.Name == "allowCredentials":
			block[m.Name] = asJSON(m.Value)
		case isList[m.Name]:
			block[m.Name] = strings.Split(m.Value, ",")
		}
	}
	var policy extensions.CORS
	text, err := json.Marshal(block)
	if err == nil {
		err = json.Unmarshal(text, &policy)
	}
	return policy, err
}

// isList tells which members of a policy are lists.
var isList = map[string]bool{"allowOrigins": true, "allowMethods": true, "allowHeaders": true, "exposeHeaders": true}

// asJSON returns a text as it is where it is JSON, such as a number, and else as a text.
func asJSON(text string) any {
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}
