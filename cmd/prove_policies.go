package cmd

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// policies returns the policy of a resource, if there is one.
type policies func(resource string) (extensions.CORS, bool)

// policiesOf returns the policies of the resources that enable was asked to enable, also of those
// whose OPTIONS it has kept, which have no block that says it. Of an HTTP API the document says
// it all.
func policiesOf(flags *policyFlags, o transform.Options, res *transform.Result, source *transform.Document) (policies, error) {
	if res.API.API == transform.HTTP {
		return nil, nil
	}
	p, err := flags.policy()
	if err != nil {
		return nil, err
	}
	explained, err := transform.Policies(source, p, o)
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
		cors, ok := of[resource]
		return cors, ok
	}, nil
}

// isAsked reports whether requests to a resource are to come out as the policy says.
func isAsked(resources []transform.Resource, path string) bool {
	return slices.ContainsFunc(resources, func(r transform.Resource) bool {
		return r.Path == path && (r.Outcome == transform.Enabled || r.Outcome == transform.Kept)
	})
}

// asBlock returns the members of a policy as a CORS object has them.
func asBlock(members []transform.PolicyMember) (extensions.CORS, error) {
	block := map[string]any{}
	for _, m := range members {
		isList := policy.MemberNamed(m.Name).IsList()
		switch intrinsic := asIntrinsic(m.Value); {
		case m.Value == "none":
		case intrinsic != nil && isList:
			block[m.Name] = []any{intrinsic}
		case intrinsic != nil:
			block[m.Name] = intrinsic
		case isList:
			block[m.Name] = strings.Split(m.Value, ",")
		default:
			block[m.Name] = asJSON(m.Value)
		}
	}
	var cors extensions.CORS
	text, err := json.Marshal(block)
	if err == nil {
		err = json.Unmarshal(text, &cors)
	}
	return cors, err
}

// asIntrinsic returns an intrinsic function of CloudFormation in its long form, whether the text has
// it as JSON or with a tag, "!Ref Origin"; nil: it is none. What a tag stands before stays a text.
func asIntrinsic(text string) any {
	tag, argument, _ := strings.Cut(text, " ")
	name, isTag := strings.CutPrefix(tag, "!")
	switch {
	case isTag && name == "Ref":
		return map[string]any{name: argument}
	case isTag:
		return map[string]any{"Fn::" + name: argument}
	case strings.HasPrefix(text, "{"):
		return asJSON(text)
	}
	return nil
}

// asJSON returns a text as it is where it is JSON, such as a number, and else as a text.
func asJSON(text string) any {
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}
