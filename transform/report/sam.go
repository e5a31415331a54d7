package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// samOfREST returns the property Cors of AWS::Serverless::Api in YAML. It is one for the
// whole API, so the resources must say the same; which methods each of them allows is
// worked out by SAM as well. Its values are mappings, with their single quotes. See
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html
func samOfREST(d *model.Document, resource string) (string, error) {
	resources := answering(d)
	if resource != "" {
		r, err := named(d, resource, resources)
		if err != nil {
			return "", err
		}
		resources = []*model.Resource{r}
	}
	if len(resources) == 0 {
		return "", ErrNoCORS
	}
	var b strings.Builder
	b.WriteString("Cors:\n")
	for _, m := range samMembers() {
		p := samProperty{m.Header}
		value, err := p.common(resources)
		if err != nil {
			return "", err
		}
		if value != "" {
			fmt.Fprintf(&b, "  %s: %s\n", p.name(), value)
		}
	}
	return b.String(), nil
}

// samProperty is a property of Cors, by the header that it becomes.
type samProperty struct{ header string }

// name returns the name of the property: that of the header, in one word.
func (p samProperty) name() string {
	return strings.ReplaceAll(strings.TrimPrefix(p.header, "Access-Control-"), "-", "")
}

// samMembers are the members that Cors has: those of preflights, in the order of headers.
func samMembers() []policy.Member {
	members := slices.DeleteFunc(slices.Collect(policy.ConfigurationMembers()), func(m policy.Member) bool { return !m.OnPreflight })
	slices.SortFunc(members, func(a, b policy.Member) int { return cmp.Compare(responses.Rank(a.Header), responses.Rank(b.Header)) })
	return members
}

// common returns the value that the preflights of all resources have, in YAML, and
// nothing where they have none.
func (p samProperty) common(resources []*model.Resource) (string, error) {
	if p.header == responses.AllowMethods && derivesMethods(resources) {
		return "", nil
	}
	first, err := p.of(resources[0])
	if err != nil {
		return "", err
	}
	for _, r := range resources[1:] {
		value, err := p.of(r)
		switch {
		case err != nil:
			return "", err
		case value == first:
		case p.header == responses.AllowHeaders:
			first = union(first, value)
		default:
			return "", &ExportError{
				Message: fmt.Sprintf("SAM has one Cors for the whole API, and %s and %s differ in %s: %s and %s", resources[0].Path, r.Path, p.header, shown(first), shown(value)),
				Hint:    "name the one that is meant with --resource, or import the document itself",
			}
		}
	}
	return first, nil
}

func shown(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// of returns the value that the preflight of a resource has, in YAML.
func (p samProperty) of(r *model.Resource) (string, error) {
	have := responses.PreflightHave(r.Options())
	h, ok := have.Headers.Get(p.header)
	switch {
	case have.Overrides && p.header == responses.AllowOrigin:
		return "", &ExportError{
			Message: fmt.Sprintf("SAM's AllowOrigin is one origin, and %s answers several", r.Path),
			Hint:    "import the document itself, which carries what chooses among them",
		}
	case !ok:
		return "", nil
	case model.HasPlaceholder(h.Mapping):
		return "", filledIn("a mapping", h.Mapping)
	case p.header == responses.AllowCredentials:
		text, _ := h.Static()
		return text, nil
	}
	return inYAML(value(h.Node)), nil
}

// union joins two lists of names, as mappings in YAML: "'A,B'".
func union(a, b string) string {
	list := func(s string) []string { return responses.List(strings.Trim(s, `"'`)) }
	names := list(a)
	for _, name := range list(b) {
		if !slices.ContainsFunc(names, func(has string) bool { return strings.EqualFold(has, name) }) {
			names = append(names, name)
		}
	}
	return `"'` + strings.Join(names, ",") + `'"`
}

// derivesMethods reports whether each resource allows the methods that it has, which is
// what SAM does by itself.
func derivesMethods(resources []*model.Resource) bool {
	return !slices.ContainsFunc(resources, func(r *model.Resource) bool {
		allowed := responses.List(responses.PreflightHave(r.Options()).Headers.Value(responses.AllowMethods))
		slices.Sort(allowed)
		return !slices.Equal(allowed, derive.Methods(r.Methods()))
	})
}
