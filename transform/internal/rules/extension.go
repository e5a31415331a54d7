package rules

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// readMistakes returns those of all extensions of the document but the integrations of methods,
// which are read one by one, and but for what was generated.
func readMistakes(d *View) []mistake {
	var all []mistake
	add := func(list []mistake) { all = append(all, list...) }
	root := func(name string) (*source.Node, source.Pointer) {
		return d.Root.Get(name), source.Pointer("").Child(name)
	}
	n, at := root(extensions.NameGatewayResponses)
	add(validated[extensions.GatewayResponses](d, n, at))
	n, at = root(extensions.NameBinaryMediaTypes)
	add(validated[extensions.BinaryMediaTypes](d, n, at))
	n, at = root(extensions.NameRequestValidators)
	add(validated[extensions.RequestValidators](d, n, at))
	shared := source.Pointer("/components").Child(extensions.NameIntegrations)
	add(validated[extensions.Integrations](d, d.Root.At(shared), shared))
	for _, m := range d.Root.At(d.SchemesPointer()).Members() {
		at := d.SchemesPointer().Child(m.Name(), extensions.NameAuthorizer)
		add(validated[extensions.Authorizer](d, m.Value.Get(extensions.NameAuthorizer), at))
	}
	for _, m := range methods(d) {
		if m.Opaque != "" {
			continue
		}
		add(validated[extensions.Auth](d, m.Node.Get(extensions.NameAuth), m.Pointer.Child(extensions.NameAuth)))
	}
	return all
}

// integrationMistakes returns what reads those of an integration, each integration once.
func integrationMistakes(d *View) func(*model.Integration) []mistake {
	known := map[*model.Integration][]mistake{}
	return func(i *model.Integration) []mistake {
		list, ok := known[i]
		if !ok {
			list = validated[extensions.Integration](d, i.Node, i.Pointer)
			if !hasKnownType(i) { // it is not imported, nor are its mappings
				for n := range list {
					list[n].isMapping = false
				}
			}
			known[i] = list
		}
		return list
	}
}

// hasKnownType reports whether an integration has one of the types that an import knows.
func hasKnownType(i *model.Integration) bool { return i.Type.IsMapped() || i.Type.IsProxy() }

// mapsParameters reports whether an integration has parameter mappings.
func mapsParameters(i *model.Integration) bool {
	return i.Node.Get("requestParameters") != nil || slices.ContainsFunc(i.Node.Get("responses").Members(), func(m source.Member) bool {
		return m.Value.Get("responseParameters") != nil
	})
}

// validated returns the mistakes in the value of an extension.
func validated[T interface{ Validate() error }](d *View, n *source.Node, at source.Pointer) []mistake {
	if n == nil || n.IsNull() || model.Intrinsic(n) || d.Generated(at) {
		return nil
	}
	var value T
	text, ok := model.JSON(n)
	if !ok {
		return nil
	}
	err := json.Unmarshal([]byte(text), &value)
	if err == nil || n.Kind == source.Map { // what could be read of it is judged
		err = errors.Join(err, value.Validate())
	}
	var list []mistake
	for e := range extensions.All(err) {
		steps := memberSteps(e.Member)
		if slices.Contains(steps, MemberIgnore) {
			continue // it is told to apigw-cors
		}
		member := at.Child(steps...)
		if model.IsPlaceholder(d.Root.At(member).Text()) {
			continue
		}
		list = append(list, mistake{e, Nearest(d.Root, member), isMapping(d, member)})
	}
	return list
}

// isMapping reports whether a pointer is one to a parameter mapping of an integration that
// API Gateway reads: it drops what is no string, and does not look at gateway responses.
func isMapping(d *View, at source.Pointer) bool {
	above, name := at.Parent()
	_, owner := above.Parent()
	_, inGateway := at.Below(responses.GatewayPointer)
	isParameters := owner == "requestParameters" || owner == "responseParameters"
	return isParameters && !inGateway && d.Root.At(above).Get(name).IsString()
}

// memberStep is one step of the path that an extensions.Error has.
var memberStep = regexp.MustCompile(`\["(?:[^"\\]|\\.)*"\]|\[\d+\]|[^.\[]+`)

// memberSteps takes such a path apart: `responses.default["a.b"]`.
func memberSteps(path string) []string {
	steps := memberStep.FindAllString(path, -1)
	for i, step := range steps {
		bare := strings.TrimSuffix(strings.TrimPrefix(step, "["), "]")
		if text, err := strconv.Unquote(bare); err == nil && bare != step {
			bare = text
		}
		steps[i] = bare
	}
	return steps
}

// reportMistakes returns what finds the mistakes of a kind.
func reportMistakes(isMapping bool) func(*View) []Finding {
	return func(d *View) (found []Finding) {
		all := slices.Clone(d.mistakes())
		for _, m := range methods(d) {
			if m.Opaque == "" && m.Integration != nil && (!isMapping || mapsParameters(m.Integration)) {
				all = append(all, d.mistakesOf(m.Integration)...)
			}
		}
		for _, m := range all {
			if m.isMapping == isMapping && !d.Generated(m.where.Pointer) {
				message, remedy := m.say()
				found = append(found, Finding{
					At:      m.where,
					Message: message,
					Hint:    remedy,
				})
			}
		}
		return found
	}
}

// say takes what package extensions says of a mistake apart.
func (m mistake) say() (message, remedy string) {
	message, remedy = m.Error.Error(), "mend it, or take it out"
	for _, mark := range []string{"; ", ", did you mean "} {
		if before, after, ok := strings.Cut(message, mark); ok {
			message, remedy = before, strings.TrimPrefix(mark, ", ")+after
		}
	}
	return message, strings.TrimPrefix(remedy, "; ")
}
