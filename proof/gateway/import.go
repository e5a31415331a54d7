package gateway

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// refusal is why the import refuses the document, by one of its behaviours.
func refusal(by Behaviour, at, format string, args ...any) *Unknown {
	u := unknown(ReasonImport, at, format, args...)
	u.Behaviour = by
	return u
}

// refuse notes why the import refuses the document, wherever in it that stands.
func (r *reader) refuse(refusals ...*Unknown) {
	r.api.refusals = append(r.api.refusals, refusals...)
}

// importable notes what the import refuses in the document but for its paths.
func (r *reader) importable(size int) {
	r.refuse(r.versions()...)
	const largest = 6 << 20
	if size > largest {
		r.refuse(refusal(behaviourImportSize, "", "the import fails: the document has %d bytes, and it takes up to %d", size, largest))
	}
	if r.api.opaqueCORS != nil && r.api.opaqueCORS.Reason == ReasonImport {
		r.refuse(r.api.opaqueCORS)
	}
	if r.api.options.APIType == REST {
		r.refuse(r.models()...)
		r.refuse(r.externalReferences()...)
		r.refuse(r.gatewayMappings()...)
		if u := r.undefined(r.validator, pointer(extensions.NameRequestValidator)); u != nil {
			r.refuse(u)
		}
	}
	slices.SortStableFunc(r.api.refusals, func(a, b *Unknown) int { return strings.Compare(a.Pointer, b.Pointer) })
}

func (r *reader) versions() []*Unknown {
	version, _ := r.root["openapi"].(string)
	switch {
	case r.root["openapi"] != nil && !strings.HasPrefix(fmt.Sprint(r.root["openapi"]), "3.0"):
		return []*Unknown{refusal(behaviourImportVersion, "/openapi", "the import fails: it takes OpenAPI 3.0, and not %v", cmp.Or[any](version, r.root["openapi"]))}
	case r.root["swagger"] != nil && r.api.options.APIType == HTTP:
		return []*Unknown{refusal(behaviourImportHTTPSwagger, "/swagger", "the import as an HTTP API fails: it takes OpenAPI 3.0")}
	}
	return nil
}

// suppression is a member that is told to apigw-cors lint, wherever it stands.
const suppression = "x-apigw-cors-ignore"

var modelName = regexp.MustCompile(`^[a-zA-Z0-9]+$`)

// models tells which schemas could not be models (see behaviourImportModelName).
func (r *reader) models() []*Unknown {
	at, schemas := []string{"definitions"}, asObject(r.root["definitions"])
	if r.root["swagger"] == nil {
		at, schemas = []string{"components", "schemas"}, asObject(asObject(r.root["components"])["schemas"])
	}
	var refused []*Unknown
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		switch {
		case modelName.MatchString(name), name == suppression, name == duplicateMark, extensions.IsIntrinsicName(name), hasPlaceholder(name):
		default:
			refused = append(refused, refusal(behaviourImportModelName, pointer(append(at, name)...), "the import fails: the model name %q has other characters than letters and digits", name))
		}
	}
	return refused
}

// externalReferences tells which references leave the document. See behaviourImportExternalReference.
func (r *reader) externalReferences() []*Unknown {
	w := &referenceWalk{seen: map[uintptr]bool{}}
	w.walk(r.root)
	slices.SortFunc(w.found, func(a, b *Unknown) int { return strings.Compare(a.Pointer, b.Pointer) })
	return w.found
}

// referenceWalk looks for references in a tree. It keeps the keys on its way, of which it makes a
// pointer only where there is a reference, and visits an object that aliases share once.
type referenceWalk struct {
	trail []string
	seen  map[uintptr]bool
	found []*Unknown
}

func (w *referenceWalk) walk(tree any) {
	switch tree := tree.(type) {
	case []any:
		for i, item := range tree {
			w.below(strconv.Itoa(i), item)
		}
	case map[string]any:
		id := reflect.ValueOf(tree).Pointer()
		if w.seen[id] {
			return
		}
		w.seen[id] = true
		for name, value := range tree {
			if ref, isText := value.(string); isText && name == "$ref" && leadsElsewhere(ref) {
				w.found = append(w.found, refusal(behaviourImportExternalReference, pointer(append(w.trail, name)...), "the import fails: the reference %q leads to another file", ref))
			}
			if !isData(tree, name) {
				w.below(name, value)
			}
		}
	}
}

func (w *referenceWalk) below(key string, tree any) {
	w.trail = append(w.trail, key)
	w.walk(tree)
	w.trail = w.trail[:len(w.trail)-1]
}

// isData reports whether a member holds values and no part of the description: an example, an
// extension, or the default of a schema.
func isData(object map[string]any, name string) bool {
	switch name {
	case "example", "examples", "enum", "const":
		return true
	case "default":
		return object["type"] != nil
	}
	return strings.HasPrefix(name, "x-")
}

// leadsElsewhere reports whether a reference leaves the document. Models of an API that is there
// already are referred to by the address that API Gateway gives them.
func leadsElsewhere(ref string) bool {
	return ref != "" && !strings.HasPrefix(ref, "#") && !strings.HasPrefix(ref, "https://apigateway.amazonaws.com/restapis/") && !hasPlaceholder(ref)
}

// gatewayMappings tells which values of gateway responses are none (see behaviourImportGatewayMapping).
func (r *reader) gatewayMappings() []*Unknown {
	var refused []*Unknown
	for _, kind := range slices.Sorted(maps.Keys(r.api.errors)) {
		parameters := r.api.errors[kind].ResponseParameters
		for _, target := range slices.Sorted(maps.Keys(parameters)) {
			at := pointer(extensions.NameGatewayResponses, string(kind), "responseParameters", target)
			if !isText(parameters[target]) {
				continue // it is dropped (behaviourMappingType)
			}
			if u := expressible(behaviourImportGatewayMapping, parameters[target], at, gatewaySources); u != nil && u.Reason == ReasonImport {
				refused = append(refused, u)
			}
		}
	}
	return refused
}

// undefined tells that a request validator has a name that the document does not define.
func (r *reader) undefined(name extensions.RequestValidator, at string) *Unknown {
	_, isDefined := r.validators[name]
	if name == "" || isDefined || r.opaqueValidators != nil || hasPlaceholder(string(name)) {
		return nil
	}
	return refusal(behaviourImportValidatorUndefined, at, "the import fails: the request validator %q is not among %s", string(name), extensions.NameRequestValidators)
}
