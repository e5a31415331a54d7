package httpapi

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/outcome"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// checkRoutes returns the existing OPTIONS that are removed, since the CORS configuration
// responds for them. The other routes are left as they are.
func checkRoutes(in Input) (removed map[*model.Method]bool, all outcome.Notes) {
	d := in.Doc.HandWritten
	removed = map[*model.Method]bool{}
	for _, r := range d.Resources {
		for _, item := range r.Items {
			if item.Opaque != "" {
				all.Add(outcome.Found(rules.Finding{
					Rule: rules.NotUnderstood, At: rules.At(item.Node, item.Pointer),
					Message: fmt.Sprintf("%s is left out of the lists: %s", item.Key, item.Opaque), Hint: "name what it needs with --allow-methods and --add-header",
				}))
			}
			switch o := ownOptions(in.Doc, item); {
			case o == nil && item.Options != nil && in.Policy.Existing.Replaces():
				removed[item.Options] = true // what was written by hand into a generated one
			case o == nil:
			case isReplaced(d, in.Policy.Existing, o):
				removed[o] = true
			default:
				all.Add(checkOptionsRoute(d, o, in.Policy.Existing))
			}
			all.Left = append(all.Left, left(d, item, removed)...)
		}
	}
	return removed, all
}

// left returns the places of a path item that stay as they are: its members, but for an OPTIONS that
// is removed.
func left(d *model.Document, item *model.PathItem, removed map[*model.Method]bool) (places []source.Pointer) {
	for _, m := range d.Hidden.Members(item.Node) {
		if item.Options == nil || !removed[item.Options] || m.Key != item.Options.Key {
			places = append(places, item.Pointer.Child(m.Name()))
		}
	}
	return places
}

// removeOptions asks that existing OPTIONS are removed, unless
// another takes the place of one; and the whole path item where nothing else is in it.
func removeOptions(in Input, removed map[*model.Method]bool, drafts *own.Drafts) outcome.Notes {
	var all outcome.Notes
	for _, r := range in.Doc.HandWritten.Resources {
		for _, item := range r.Items {
			o := item.Options
			if o == nil || !removed[o] {
				continue
			}
			isWanted := drafts.Of(item).Wants("options") || drafts.Root.Wants("paths", item.Key, "options")
			if isWanted && in.Doc.OwnsOptions(item) {
				continue
			}
			all.Add(outcome.Found(rules.Finding{
				Rule: rules.OptionsReplaced, At: rules.At(o.Key, o.Pointer),
				Message: fmt.Sprintf("OPTIONS %s of the author's is taken out: the CORS configuration answers preflights", o.Path),
			}))
			switch {
			case isWanted:
			case len(in.Doc.HandWritten.Hidden.Members(item.Node)) == 1:
				drafts.Root.Remove("paths", item.Key)
			default:
				drafts.Of(item).Remove(o.Key.Text())
			}
		}
	}
	return all
}

// checkOptionsRoute returns findings about what keeps an existing OPTIONS from answering
// preflight requests.
func checkOptionsRoute(d *model.Document, o *model.Method, mode policy.Existing) outcome.Notes {
	if mode == policy.ExistingError {
		return outcome.Notes{Refused: []error{existing.Refuse(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), "")}}
	}
	if model.CalledType(d, o).IsMapped() {
		return outcome.Notes{} // which the route cannot have, as a rule says
	}
	return outcome.Found(existing.Kept(o, "its backend must answer preflights with a 2xx"))
}

// isReplaced reports whether the CORS configuration replaces an existing OPTIONS: a mock as
// on a REST API, a route to a backend only if that is asked for.
func isReplaced(d *model.Document, mode policy.Existing, o *model.Method) bool {
	kind := model.CalledType(d, o)
	return mode.Replaces() && kind.IsMock() || mode == policy.ExistingReplaceAny && kind != "" || existing.IsReplaced(mode, o)
}
