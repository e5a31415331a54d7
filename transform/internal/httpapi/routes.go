package httpapi

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/existing"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// checkRoutes returns the existing OPTIONS that are removed, since the CORS configuration
// responds for them, and findings about what in the routes of an HTTP API works on REST APIs
// only.
func checkRoutes(in Input) (removed map[*model.Method]bool, all notes) {
	d := in.Doc.HandWritten
	removed = map[*model.Method]bool{}
	for _, r := range d.Resources {
		for _, item := range r.Items {
			if item.Opaque != "" {
				all.add(found(rules.Finding{
					Rule: rules.NotUnderstood, At: rules.At(item.Node, item.Pointer),
					Message: fmt.Sprintf("%s is left out of the lists: %s", item.Key, item.Opaque), Hint: "name what it needs with --allow-methods and --add-header",
				}))
			}
			for _, m := range item.Methods {
				all.add(checkIntegration(d, m))
			}
			if o := ownOptions(in.Doc, item); o != nil && isReplaced(d, in.Setting.Existing, o) {
				removed[o] = true
			} else if o != nil {
				all.add(checkOptionsRoute(d, o, in.Setting.Existing))
			}
		}
	}
	for _, m := range answers.CORSMappings(d) {
		all.add(found(rules.Finding{
			Rule: rules.CORSMapping, At: rules.At(m.Key, m.Pointer),
			Message: fmt.Sprintf("%q: the parameter mappings of an HTTP API cannot touch %s; it answers with the headers of its CORS configuration alone", m.Key.Text(), m.Header),
			Hint:    "take it out",
		}))
	}
	return removed, all
}

// removeOptions asks that existing OPTIONS are removed, unless
// another takes the place of one; and the whole path item where nothing else is in it.
func removeOptions(in Input, removed map[*model.Method]bool, drafts *own.Drafts) notes {
	var all notes
	for _, r := range in.Doc.HandWritten.Resources {
		for _, item := range r.Items {
			o := item.Options
			if o == nil || !removed[o] {
				continue
			}
			all.add(found(rules.Finding{
				Rule: rules.OptionsReplaced, At: rules.At(o.Key, o.Pointer),
				Message: fmt.Sprintf("OPTIONS %s of the author's is taken out: the CORS configuration answers preflights", o.Path),
			}))
			switch {
			case drafts.Of(item).Wants("options"):
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
func checkOptionsRoute(d *model.Document, o *model.Method, mode policy.Existing) notes {
	if mode == policy.ExistingError {
		return notes{refused: []error{existing.Refuse(o.Key, fmt.Sprintf("%s has an OPTIONS of its own", o.Path), "")}}
	}
	if calledType(d, o).IsMock() {
		return found(rules.Finding{
			Rule: rules.IntegrationOfREST, At: rules.At(o.Integration.Node, o.Integration.Pointer),
			Message: fmt.Sprintf("OPTIONS %s is a mock, which HTTP APIs do not have: the import warns, and it answers no preflight", o.Path),
			Hint:    "the CORS configuration answers them, so take it out, or have that done: --existing replace",
		})
	}
	all := found(existing.Kept(o, "its backend must answer preflights with a 2xx"))
	all.add(notes{found: existing.AsksForCredentials(d, o)})
	all.add(checkIntegration(d, o))
	return all
}

// checkIntegration returns the finding for an integration that an HTTP API does not have.
func checkIntegration(d *model.Document, m *model.Method) notes {
	i := m.Integration
	if i == nil || !calledType(d, m).IsMapped() {
		return notes{}
	}
	return found(rules.Finding{
		Rule: rules.IntegrationOfREST, At: rules.At(i.Node, i.Pointer),
		Message: fmt.Sprintf("%s has an integration of type %s, which HTTP APIs do not have: the import warns, and the route does not work", routeName(m), calledType(d, m)),
		Hint:    "use aws_proxy or http_proxy, or import the document as a REST API",
	})
}

// calledType returns the type of a method's integration, also of one that it refers to:
// HTTP APIs may share integrations.
func calledType(d *model.Document, m *model.Method) extensions.IntegrationType {
	if m.Integration == nil {
		return ""
	}
	return extensions.IntegrationType(d.Resolve(m.Integration.Node).Get("type").Text())
}

// isReplaced reports whether the CORS configuration replaces an existing OPTIONS: a mock as
// on a REST API, a route to a backend only if that is asked for.
func isReplaced(d *model.Document, mode policy.Existing, o *model.Method) bool {
	kind := calledType(d, o)
	return mode.Replaces() && kind.IsMock() || mode == policy.ExistingReplaceAny && kind != "" || existing.IsReplaced(mode, o)
}
