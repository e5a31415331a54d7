package transform

import (
	"errors"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// remedy gives each refused edit the option that leaves its place alone. Only
// edits that were asked for are refused, so there always is one.
func remedy(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var out []error
	for _, e := range joined.Unwrap() {
		var refusal *layout.Refusal
		if !errors.As(e, &refusal) {
			out = append(out, e)
			continue
		}
		place := *refusal.Err
		place.Hint = "write it out there, or leave it alone: " + leaveAloneOption(refusal.Wish.Place())
		out = append(out, &place)
	}
	return errors.Join(out...)
}

func leaveAloneOption(at pointer) string {
	if rest, ok := at.Below(model.Base); ok && rest != "" {
		return fmt.Sprintf("--exclude %s", model.ResourcePath(rest.Keys()[0]))
	}
	if _, ok := at.Below(answers.GatewayPointer); ok {
		return "--set gatewayResponses=none"
	}
	return "--set gatewayResponses=none"
}
