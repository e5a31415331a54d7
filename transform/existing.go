package transform

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// gives reports whether an OPTIONS of the author's gives way to a generated one.
// One that goes to a backend is somebody's CORS on purpose. What cannot be read
// never gives way.
func gives(existing policy.Existing, o *model.Method) bool {
	switch answers.AnswererOf(o) {
	case answers.Unknown:
		return false
	case answers.Backend, answers.BackendMapped:
		return existing == policy.ExistingReplaceAny
	}
	return existing.Replaces()
}

// refuseExisting refuses something that the author already has.
func (p *plan) refuseExisting(n *source.Node, message, leaveAlone string) {
	hint := "use --existing keep, complete or replace"
	if leaveAlone != "" {
		hint += ", or leave it alone: " + leaveAlone
	}
	p.refused = append(p.refused, p.file.Fault(n.Start, message+", and --existing error refuses that", hint))
}

// conflicts reports whether an answer has CORS headers of the author's that
// contradict the policy, and notes it. Nothing is added beside them then: half of
// one policy and half of another lets nobody in.
func (p *plan) conflicts(w *work, have, want answers.Headers, on pointer, what string) bool {
	if w.existing.Replaces() {
		return false
	}
	if w.existing == policy.ExistingError {
		return p.refuseDifferent(w, have, want, what)
	}
	wanted, _ := want.Get(answers.AllowOrigin)
	own, ok := have.Get(answers.AllowOrigin)
	switch {
	case !ok || p.same(own, wanted):
		return p.starWithCredentials(have, wanted, on, what)
	case isUnquoted(own, wanted):
		p.fail(ruleMappingUnquoted, here(own.Node, on),
			fmt.Sprintf("%s with %s %q, a fixed value without its single quotes, which the import takes for an expression", what, own.Name, own.Mapping),
			fmt.Sprintf("write %q", "'"+own.Mapping+"'"))
	default:
		p.warn(ruleOriginConflict, here(own.Node, on),
			fmt.Sprintf("%s with %s %s, the policy says %s; it is kept, and nothing is added beside it", what, own.Name, shown(own), shown(wanted)),
			"make the two agree, or use --existing replace")
	}
	return true
}

// refuseDifferent refuses headers of the author's that say something else than the
// policy, and reports whether there are any.
func (p *plan) refuseDifferent(w *work, have, want answers.Headers, what string) bool {
	found := false
	for _, own := range have {
		if wanted, ok := want.Get(own.Name); ok && !p.same(own, wanted) {
			p.refuseExisting(own.Node, fmt.Sprintf("%s with %s %s, the policy says %s", what, own.Name, shown(own), shown(wanted)), w.leaveAlone())
			found = true
		}
	}
	return found
}

// leaveAlone returns the option that leaves alone what is being enabled.
func (w *work) leaveAlone() string {
	if w.resource == nil {
		return "--set gatewayResponses=none"
	}
	return "--exclude " + w.resource.Path
}

// same reports whether a mapping of the author's says what is wanted.
func (p *plan) same(own, wanted answers.Header) bool {
	switch {
	case wanted.IsComputed():
		return false
	case wanted.Intrinsic != "":
		has, ok := model.LongForm(own.Node)
		return ok && layout.JSON(inQuotes(longForm(has))) == layout.JSON(inQuotes(longForm(wanted.Intrinsic)))
	}
	return own.Mapping == wanted.Mapping && own.Node.IsString()
}

// starWithCredentials reports whether the author allows credentials on an answer
// to which the policy gives "*": browsers refuse the two together (Fetch
// standard, CORS check).
func (p *plan) starWithCredentials(have answers.Headers, origin answers.Header, on pointer, what string) bool {
	own, ok := have.Get(answers.AllowCredentials)
	if value, _ := own.Static(); !ok || value != "true" || origin.Mapping != "'*'" {
		return false
	}
	p.warn(ruleStarWithCredentials, here(own.Node, on),
		fmt.Sprintf("%s with %s %q, which browsers refuse together with the policy's origin \"*\"; it is kept, and nothing is added beside it", what, own.Name, own.Mapping),
		"take it out, or name the origins")
	return true
}

// isUnquoted reports whether a mapping is an origin without its quotes.
func isUnquoted(own, wanted answers.Header) bool {
	_, static := own.Static()
	return !static && own.Node.IsString() && (own.Mapping == "*" || strings.Contains(own.Mapping, "://") || "'"+own.Mapping+"'" == wanted.Mapping)
}

// compare notes a header of the author's that says something else than the
// policy. It is kept.
func (p *plan) compare(own, want answers.Header, on pointer) {
	isVary := strings.EqualFold(own.Name, answers.Vary)
	switch {
	case p.same(own, want), isVary && variesWithOrigin(own):
		return
	case isVary:
		p.fail(ruleVaryMissing, here(own.Node, on),
			fmt.Sprintf("%s %s does not name Origin, on which the answer depends, so a cache may give it to another origin", own.Name, shown(own)),
			"add Origin to it")
		return
	}
	p.warn(ruleHeaderValueKept, here(own.Node, on),
		fmt.Sprintf("%s %s is kept, the policy says %s", own.Name, shown(own), shown(want)),
		"make the two agree, or take it out to have it generated")
}

// variesWithOrigin reports whether a Vary of the author's names the origin among
// others.
func variesWithOrigin(own answers.Header) bool {
	value, _ := own.Static()
	for _, name := range strings.Split(value, ",") {
		if name = strings.TrimSpace(name); name == "*" || strings.EqualFold(name, "Origin") {
			return true
		}
	}
	return false
}

// shown returns the value of a header for a message.
func shown(h answers.Header) string {
	switch {
	case h.IsComputed():
		return h.Say()
	case h.Intrinsic != "":
		return h.Intrinsic
	case h.Node != nil && h.Node.Kind != source.Scalar:
		return "from a CloudFormation intrinsic"
	}
	return strconv.Quote(h.Mapping)
}

// spell writes headers as a person would: "Name: value".
func spell(headers answers.Headers) string {
	parts := make([]string, len(headers))
	for i, h := range headers {
		parts[i] = h.Name + ": " + h.Say()
	}
	return strings.Join(parts, ", ")
}
