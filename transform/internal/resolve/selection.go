package resolve

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Selection chooses resources and methods. The zero Selection chooses all.
type Selection struct {
	Resources []string // paths; empty: all
	Recursive bool     // also the resources below those
	Exclude   []string // paths to leave out, and all below them
	Methods   []string // of the chosen resources, "GET" or "ANY"; empty: all
}

// SelectionError is a part of a selection that matches nothing in the document.
type SelectionError struct {
	What  string // "resource", "exclude" or "method"
	Value string
	Near  []string // paths that were probably meant, or all methods there are
	Below bool     // Near are resources below the one that was named

	Nothing bool // the exclusion leaves nothing of the selection
	NotAll  bool // it takes a part of an HTTP API, which is enabled as a whole
}

func (e *SelectionError) Error() string {
	if e.NotAll {
		text := fmt.Sprintf("%s: %q takes a part of an HTTP API, which has one CORS configuration for all of its routes; leave it out", e.What, e.Value)
		if e.What == "method" {
			text += ", or name in allowMethods what may be called"
		}
		return text
	}
	text := fmt.Sprintf("%s: %q matches no resource of the document", e.What, e.Value)
	if e.What == "method" {
		text = fmt.Sprintf("%s: no selected resource has the method %q", e.What, e.Value)
		if len(e.Near) > 0 {
			return text + "; it is none of " + strings.Join(e.Near, ", ")
		}
	}
	switch {
	case e.Nothing:
		text = fmt.Sprintf("%s: %q leaves no resource to enable", e.What, e.Value)
	case e.Below:
		text += "; below it are " + strings.Join(e.Near, ", ") + ": add --recursive"
	case len(e.Near) > 0:
		text += "; near names: " + strings.Join(e.Near, ", ")
	}
	return text
}

// Choose returns the resources of a document that are selected, in document
// order. Every part of the selection must match something: one that does not is
// a slip, and acting on the rest would enable something else than was meant.
func (s Selection) Choose(all []*model.Resource) (map[*model.Resource]bool, error) {
	var errs []error
	chosen := map[*model.Resource]bool{}
	if len(s.Resources) == 0 {
		for _, r := range all {
			chosen[r] = true
		}
	}
	for _, path := range s.Resources {
		if !include(all, chosen, true, func(r *model.Resource) bool { return isAt(r.Path, path) || s.Recursive && isBelow(r.Path, path) }) {
			errs = append(errs, noResource("resource", path, all, !s.Recursive))
		}
	}
	for _, path := range s.Exclude {
		if !include(all, chosen, false, func(r *model.Resource) bool { return isAt(r.Path, path) || isBelow(r.Path, path) }) {
			errs = append(errs, noResource("exclude", path, all, false))
		}
	}
	if len(errs) == 0 && len(all) > 0 && !slices.ContainsFunc(all, func(r *model.Resource) bool { return chosen[r] }) {
		return nil, &SelectionError{What: "exclude", Value: strings.Join(s.Exclude, ", "), Nothing: true}
	}
	errs = append(errs, s.checkMethods(all, chosen)...)
	return chosen, errors.Join(errs...)
}

// CheckWhole holds that a selection takes all of an HTTP API. all are the resources
// that have a method.
func (s Selection) CheckWhole(all []*model.Resource, chosen map[*model.Resource]bool) error {
	if len(s.Methods) > 0 {
		return &SelectionError{What: "method", Value: s.Methods[0], NotAll: true}
	}
	if !slices.ContainsFunc(all, func(r *model.Resource) bool { return len(r.Items) > 0 && !chosen[r] }) {
		return nil
	}
	if len(s.Exclude) > 0 {
		return &SelectionError{What: "exclude", Value: s.Exclude[0], NotAll: true}
	}
	return &SelectionError{What: "resource", Value: s.Resources[0], NotAll: true}
}

// include puts the resources that match into the set, or takes them out, and
// reports whether there is one.
func include(all []*model.Resource, set map[*model.Resource]bool, in bool, match func(*model.Resource) bool) bool {
	found := false
	for _, r := range all {
		if match(r) {
			set[r] = in
			found = true
		}
	}
	return found
}

// isAt reports whether a resource is the one that was named.
func isAt(resource, named string) bool { return resource == canonical(named) }

// isBelow reports whether a resource lies below the one that was named, by whole
// segments.
func isBelow(resource, named string) bool {
	base := canonical(named)
	return base == "/" && resource != "/" || strings.HasPrefix(resource, base+"/")
}

func canonical(path string) string {
	return model.ResourcePath("/" + strings.TrimLeft(path, "/"))
}

func noResource(what, path string, all []*model.Resource, offerBelow bool) error {
	e := &SelectionError{What: what, Value: path}
	var names []string
	for _, r := range all {
		names = append(names, r.Path)
		if offerBelow && isBelow(r.Path, path) && len(e.Near) < 3 {
			e.Near, e.Below = append(e.Near, r.Path), true
		}
	}
	if e.Below {
		return e
	}
	if e.Near = finding.Nearest(canonical(path), names); e.Near == nil {
		first, _, _ := strings.Cut(canonical(path)[1:], "/")
		e.Near = finding.Nearest("/"+first, names)
	}
	return e
}

// checkMethods holds that each method selected is one of API Gateway's and that
// some chosen resource has it.
func (s Selection) checkMethods(all []*model.Resource, chosen map[*model.Resource]bool) []error {
	var errs []error
	for _, name := range s.Methods {
		name = strings.ToUpper(name)
		found := false
		for _, r := range all {
			found = found || chosen[r] && slices.ContainsFunc(r.Methods(), func(m *model.Method) bool { return serves(m, name, r) })
		}
		if !found {
			e := &SelectionError{What: "method", Value: name}
			if !selectable(name) {
				e.Near = append([]string{model.Any}, slices.DeleteFunc(policy.AnyMethods(), func(m string) bool { return m == "OPTIONS" })...)
			}
			errs = append(errs, e)
		}
	}
	return errs
}

// selectable reports whether a method can be enabled: OPTIONS is what enables.
func selectable(name string) bool {
	return name == model.Any || name != "OPTIONS" && policy.IsMethod(name)
}

// Of returns the methods of a resource that are selected.
func (s Selection) Of(r *model.Resource) []*model.Method {
	all := r.Methods()
	if len(s.Methods) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(m *model.Method) bool {
		return !slices.ContainsFunc(s.Methods, func(name string) bool { return serves(m, strings.ToUpper(name), r) })
	})
}

// Names returns those of derived method names that are selected. OPTIONS always
// is; ANY selects all that it stands for.
func (s Selection) Names(derived []string) []string {
	if len(s.Methods) == 0 || slices.ContainsFunc(s.Methods, func(name string) bool { return strings.EqualFold(name, model.Any) }) {
		return derived
	}
	return slices.DeleteFunc(derived, func(name string) bool {
		return name != "OPTIONS" && !slices.ContainsFunc(s.Methods, func(m string) bool { return strings.EqualFold(m, name) })
	})
}

// serves reports whether a method of a resource answers calls of a name: its own,
// or for ANY one that has no method of its own.
func serves(m *model.Method, name string, r *model.Resource) bool {
	if m.Name == name {
		return true
	}
	if m.Name != model.Any || !policy.IsMethod(name) {
		return false
	}
	return !slices.ContainsFunc(r.Methods(), func(other *model.Method) bool { return other.Name == name })
}
