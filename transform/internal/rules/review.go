package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// reviewed returns what finds a concern about a policy in what a document says: in the
// OPTIONS and the blocks that were written by hand. The concerns about what was generated
// are reported when the policy that it follows is enabled. The rule is called like the
// reason.
func reviewed(reason policy.Reason) func(*View) []Finding {
	return func(d *View) []Finding {
		return append(reviewPreflights(d, reason), reviewBlocks(d, reason)...)
	}
}

// reviewPreflights finds a concern in what preflights are answered with.
func reviewPreflights(d *View, reason policy.Reason) (found []Finding) {
	for _, p := range d.preflights() {
		if p.Entry == nil {
			continue
		}
		for _, c := range policyOf(p.Headers).Review(needAuthorization(d, p.resource)) {
			header := policy.MemberNamed(c.Member).Header
			if where := p.at(header); c.Reason == reason && !d.Generated(where.Pointer) {
				found = append(found, Finding{
					At:      where,
					Message: fmt.Sprintf("OPTIONS %s: %s %s", p.options.Path, header, aboutValue(c)),
					Hint:    remedy(c),
				})
			}
		}
	}
	return found
}

// reviewBlocks finds a concern in what blocks say.
func reviewBlocks(d *View, reason policy.Reason) (found []Finding) {
	for _, b := range d.blocks() {
		if len(b.mistakes) > 0 {
			continue
		}
		for _, c := range b.policy.Review(needAuthorization(d, b.resource)) {
			if where := b.at(c.Member); c.Reason == reason && !d.Generated(where.Pointer) {
				found = append(found, Finding{At: where, Message: fmt.Sprintf("%s: %s", extensions.NameCORS, c.Message), Hint: remedy(c)})
			}
		}
	}
	return found
}

// aboutValue is what a concern says of a value, without the member of a policy that it
// would stand in.
func aboutValue(c policy.Concern) string { return strings.TrimPrefix(c.Message, c.Member+": ") }

// remedy is what to do about a concern that may be meant as it is.
func remedy(c policy.Concern) string {
	if c.Hint == "" {
		return "leave it so if it is meant, with a suppression of " + string(c.Reason)
	}
	return c.Hint
}

// policyOf returns the policy that the headers of a preflight follow. A fixed header takes
// no pattern, and lets nobody in by it.
func policyOf(hs responses.Headers) policy.Policy {
	var p policy.Policy
	if origin, ok := hs.Get(responses.AllowOrigin); ok && !origin.IsComputed() {
		value, _ := origin.Static()
		if o, err := policy.ParseOrigin(value); err == nil && o.IsFixed() {
			p.AllowOrigins = policy.Literal([]string{value})
		}
	}
	for m := range policy.Members() {
		switch to := m.In(&p).(type) {
		case *policy.Value[bool]: // only credentials are allowed or not
			if hs.Credentials() {
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

// needAuthorization reports whether a method of a resource asks its callers for
// credentials.
func needAuthorization(d *View, r *model.Resource) bool {
	return slices.ContainsFunc(r.Methods(), d.NeedsAuthorization)
}
