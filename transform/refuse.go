package transform

import (
	"cmp"
	"errors"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// remedies gives each refused edit the option that leaves its place alone. Only
// edits that were asked for are refused, so there is one.
func (p *plan) remedies(err error) []error {
	if err == nil {
		return nil
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	var out []error
	seen := map[PlaceError]bool{}
	for _, e := range all {
		var refusal *layout.Refusal
		if errors.As(e, &refusal) {
			place := *refusal.Err
			if option := p.leaveAloneOption(refusal); option != "" {
				place.Hint += ", or leave it alone: " + option
			}
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

// inOrder sorts refusals by their places.
func inOrder(refused []error) []error {
	slices.SortStableFunc(refused, func(a, b error) int {
		var x, y *PlaceError
		errors.As(a, &x)
		errors.As(b, &y)
		if x == nil || y == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(x.Position.Line, y.Position.Line), cmp.Compare(x.Position.Column, y.Position.Column))
	})
	return refused
}

// leaveAloneOption returns the option that leaves alone what a wish was refused
// for, or nothing when the trouble lies above all that could be left alone.
func (p *plan) leaveAloneOption(r *layout.Refusal) string {
	wish := r.Wish.Place()
	rest, inPaths := wish.Below(model.Base)
	switch {
	case p.target.API == HTTP:
		return p.leaveAloneOptionOfHTTP(r, inPaths)
	case inPaths && (r.At == "" || r.At == model.Base):
		return ""
	case inPaths:
		return "--exclude " + model.ResourcePath(rest.Keys()[0])
	case r.At == "":
		return ""
	}
	return "--set gatewayResponses=none"
}

// leaveAloneOptionOfHTTP does so for an HTTP API: what stands among the paths is
// OPTIONS routes, added or taken out.
func (p *plan) leaveAloneOptionOfHTTP(r *layout.Refusal, inPaths bool) string {
	_, removes := r.Wish.(layout.Remove)
	switch {
	case !inPaths:
		return ""
	case removes && p.options.Existing.Replaces():
		return "--existing keep"
	}
	return "--set optionsRoutes=warn"
}
