package transform

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// remedies gives each refused edit the option that leaves its place alone. Only
// edits that were asked for are refused, so there always is one.
func remedies(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	seen := map[PlaceError]bool{}
	for _, e := range joined.Unwrap() {
		var refusal *layout.Refusal
		if errors.As(e, &refusal) {
			place := *refusal.Err
			place.Hint = refusedHint(refusal.Wish.Place())
			if seen[place] { // several wishes stumble over one place
				continue
			}
			seen[place] = true
			e = &place
		}
		out = append(out, e)
	}
	return out
}

func refusedHint(at pointer) string {
	option := "--set gatewayResponses=none"
	if rest, ok := at.Below(model.Base); ok && rest != "" {
		option = "--exclude " + model.ResourcePath(rest.Keys()[0])
	} else if _, ok := at.Below(answers.GatewayPointer); !ok && at != markPointer {
		return "write it out there"
	}
	return "write it out there, or leave it alone: " + option
}
