package rest

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/record"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// response is one that has headers already, or may have.
type response struct {
	mode       policy.Existing
	leaveAlone string            // the option that leaves it alone
	have       responses.Headers // that are mapped on it by hand
	at         source.Pointer
	what       string // for messages: "GET /pets answers 200"
}

// conflicts reports whether a response has CORS headers that contradict the policy, and
// returns the finding. Nothing is added beside them then: half of
// one policy and half of another lets nobody in.
func (r response) conflicts(want responses.Headers) (bool, outcome.Notes) {
	if r.mode.Replaces() {
		return false, outcome.Notes{}
	}
	if r.mode == policy.ExistingError {
		return r.refuseDifferent(want)
	}
	wanted, _ := want.Get(responses.AllowOrigin)
	own, ok := r.have.Get(responses.AllowOrigin)
	switch {
	case !ok || record.Same(own, wanted):
		return r.starWithCredentials(wanted)
	}
	return true, outcome.LeftAt(r.at.Child("responseParameters", own.Key.Text())).With(rules.Finding{
		Rule: rules.OriginConflict, At: rules.At(own.Node, r.at),
		Message: fmt.Sprintf("%s with %s %s, the policy says %s; it is kept, and nothing is added beside it", r.what, own.Name, existing.Shown(own), existing.Shown(wanted)),
		Hint:    "make the two agree, or use --existing replace",
	})
}

// refuseDifferent refuses existing headers that differ from the policy, and reports
// whether there are any.
func (r response) refuseDifferent(want responses.Headers) (bool, outcome.Notes) {
	var n outcome.Notes
	for _, own := range r.have {
		if wanted, ok := want.Get(own.Name); ok && !record.Same(own, wanted) {
			n.Add(outcome.Refused(existing.Refuse(own.Node, fmt.Sprintf("%s with %s %s, the policy says %s", r.what, own.Name, existing.Shown(own), existing.Shown(wanted)), r.leaveAlone)))
		}
	}
	return len(n.Refused) > 0, n
}

// starWithCredentials reports whether a response allows credentials to which the policy
// gives "*": browsers refuse the two together (Fetch standard, CORS check).
func (r response) starWithCredentials(origin responses.Header) (bool, outcome.Notes) {
	if !r.have.Credentials() || origin.Mapping != "'*'" {
		return false, outcome.Notes{}
	}
	own, _ := r.have.Get(responses.AllowCredentials)
	return true, outcome.Found(rules.Finding{
		Rule: rules.CredentialsConflict, At: rules.At(own.Node, r.at),
		Message: fmt.Sprintf("%s with %s %q, which browsers refuse together with the policy's origin \"*\"; it is kept, and nothing is added beside it", r.what, own.Name, own.Mapping),
		Hint:    "take it out, or name the origins",
	})
}

// compare returns a finding where an existing header differs from the policy. It is kept.
func (r response) compare(own, want responses.Header) outcome.Notes {
	isVary := strings.EqualFold(own.Name, responses.Vary)
	switch {
	case record.Same(own, want), isVary && r.have.VariesWithOrigin():
		return outcome.Notes{}
	case isVary:
		return outcome.Found(rules.Finding{
			Rule: rules.HeaderValueKept, At: rules.At(own.Node, r.at),
			Message: fmt.Sprintf("%s %s is kept and lacks Origin, on which the response depends: a cache may give it to another origin", own.Name, existing.Shown(own)),
			Hint:    "add Origin to it",
		})
	}
	return outcome.Found(rules.Finding{
		Rule: rules.HeaderValueKept, At: rules.At(own.Node, r.at),
		Message: fmt.Sprintf("%s %s is kept, the policy says %s", own.Name, existing.Shown(own), existing.Shown(want)),
		Hint:    "make the two agree, or take it out to have it generated",
	})
}
