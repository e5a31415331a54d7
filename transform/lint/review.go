package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// reviewed returns what finds a concern about a policy in what a document says: in an
// OPTIONS and in blocks of the author's. What was generated follows a policy, whose
// concerns are said when it is enabled. Credentials make some concerns worse.
func reviewed(reason policy.Reason) func(*pass) {
	return func(p *pass) {
		p.preflights(func(r *model.Resource, o *model.Method, have answers.Preflight) {
			if have.Entry == nil {
				return
			}
			for _, c := range policyOf(have.Headers).Review(p.needsAuthorization(r.Methods())) {
				where := ofConcern(c, have)
				if c.Reason == reason && !p.isGenerated(where.pointer) {
					p.reportAs(c.Severity, where, p.orListed(c.Hint), nil, "OPTIONS %s: %s %s", o.Path, policy.MemberNamed(c.Member).Header, aboutValue(c))
				}
			}
		})
		p.reviewBlocks(reason)
	}
}

// reviewBlocks finds a concern in what blocks say.
func (p *pass) reviewBlocks(reason policy.Reason) {
	for _, b := range p.blocks() {
		if len(b.mistakes) > 0 {
			continue
		}
		for _, c := range b.policy.Review(p.needsAuthorization(b.resource.Methods())) {
			if where := b.at(c.Member); c.Reason == reason && !p.isGenerated(where.pointer) {
				p.reportAs(c.Severity, where, p.orListed(c.Hint), nil, "%s: %s", extensions.NameCORS, c.Message)
			}
		}
	}
}

// aboutValue is what a concern says of a value, without the member of a policy that it
// would stand in.
func aboutValue(c policy.Concern) string { return strings.TrimPrefix(c.Message, c.Member+": ") }

// ofConcern is the place of the header that a member of the policy stands for.
func ofConcern(c policy.Concern, have answers.Preflight) place {
	if h, ok := have.Headers.Get(policy.MemberNamed(c.Member).Header); ok {
		return ofHeader(have.Entry, h)
	}
	return ofEntry(have.Entry)
}

// orListed returns a remedy where a concern has none of its own.
func (p *pass) orListed(hint string) string {
	if hint == "" {
		return "leave it so if it is meant, with a suppression of " + p.rule.ID
	}
	return hint
}

// policyOf returns the policy that the headers of a preflight follow.
func policyOf(hs answers.Headers) policy.Policy {
	var p policy.Policy
	if origin, ok := hs.Get(answers.AllowOrigin); ok && !origin.IsComputed() {
		value, _ := origin.Static()
		if o, err := policy.ParseOrigin(value); err == nil && o.IsFixed() { // a fixed header takes no pattern, and lets nobody in by it
			p.AllowOrigins = policy.Literal([]string{value})
		}
	}
	for m := range policy.Members() {
		switch to := m.In(&p).(type) {
		case *policy.Value[bool]:
			if hs.Value(m.Header) == "true" {
				*to = policy.Literal(true)
			}
		case *policy.Value[int]:
			if n, err := strconv.Atoi(hs.Value(m.Header)); err == nil {
				*to = policy.Literal(n)
			}
		}
	}
	return p
}

// needsAuthorization reports whether a method asks its callers for credentials.
func (p *pass) needsAuthorization(methods []*model.Method) bool {
	return slices.ContainsFunc(methods, p.NeedsAuthorization)
}

// templates visits every template that API Gateway renders for an answer, without its
// comments. What the request template of a mock overrides reaches the answer too.
func (p *pass) templates(visit func(m *model.Method, where place, template string)) {
	p.preflights(func(_ *model.Resource, o *model.Method, _ answers.Preflight) {
		for _, t := range o.Integration.Node.Get("requestTemplates").Members() {
			visit(o, at(t.Value, o.Integration.Pointer.Child("requestTemplates", t.Name())), answers.WithoutComments(t.Value.Text()))
		}
	})
	p.entries(func(m *model.Method, e *model.IntegrationResponse, _ answers.Headers) {
		for _, t := range e.Templates {
			visit(m, at(t.Value, e.Pointer.Child("responseTemplates", t.Name())), answers.WithoutComments(t.Value.Text()))
		}
	})
}
