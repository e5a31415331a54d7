package gateway

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/internal/readings"
)

// An APIType is what a document is imported as: a REST API or an HTTP API.
type APIType string

const (
	REST APIType = "rest"
	HTTP APIType = "http"
)

// A BasePath is what the import does with the base path of a document. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
type BasePath string

const (
	BasePathIgnore  BasePath = "ignore"  // the default of the import
	BasePathPrepend BasePath = "prepend" // it is put before each resource
	BasePathSplit   BasePath = "split"   // but for its first part
)

// Options are what a document does not define. The zero Options are those of an import as a REST
// API without parameters.
type Options struct {
	APIType        APIType  // empty: REST
	BasePath       BasePath // empty: BasePathIgnore
	StageVariables map[string]string

	// Policies returns the policy of a resource where the document does not define it; nil, or
	// not ok: the policy is the x-amazon-apigateway-cors object of the resource.
	Policies func(resource string) (extensions.CORS, bool)
}

// An API is what a document makes an API respond. It never changes and may be used by several
// goroutines.
type API struct {
	options   Options
	tree      *resource
	fallback  *method // the $default route of an HTTP API
	resources []*resource
	byPath    map[string]*resource
	cors      *extensions.CORS // the configuration of an HTTP API
	errors    extensions.GatewayResponses
	oddErrors map[extensions.GatewayResponseType]*Unknown // gateway responses that cannot be read
	binary    []string
	policy    *resourcePolicy

	keyOfAuthorizer bool // that gives API keys in place of the caller

	// What cannot be read: the paths or some of them, the gateway responses, the configuration,
	// the binary media types.
	opaque, opaqueErrors, opaqueCORS, opaqueBinary *Unknown
	problems                                       []*Unknown
	refusals                                       []*Unknown // why the import refuses the document
}

// Read reads a document, JSON or YAML, Swagger 2.0 or OpenAPI 3.0. The error is about a
// document as a whole; parts that cannot be read are [API.Problems], and a response that depends on
// them is an [Unknown].
func Read(src []byte, o Options) (*API, error) {
	readings.Note(len(src))
	tree, err := parseTree(src)
	if err != nil {
		return nil, err
	}
	root, ok := tree.(map[string]any)
	if !ok || root["swagger"] == nil && root["openapi"] == nil {
		return nil, errors.New("it is no OpenAPI document: it has neither swagger nor openapi")
	}
	if o.APIType == "" {
		o.APIType = REST
	}
	a := &API{options: o, tree: &resource{}, byPath: map[string]*resource{}}
	r := &reader{root: root, api: a, budget: budgetFor(src)}
	r.security()
	r.extensions()
	r.paths()
	r.importable(len(src))
	if u := cmp.Or(transformed(root, ""), twice(root, "")); u != nil {
		a.problems, a.opaque = append(a.problems, u), u
	}
	return a, nil
}

// Refused returns why the import refuses the document as a whole, of which nothing is imported
// then; nil: it does not. See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-errors-warnings.html
func (a *API) Refused() *Unknown {
	if len(a.refusals) == 0 {
		return nil
	}
	return a.refusals[0]
}

// Refusals returns all that makes the import refuse the document, in the order of the places.
func (a *API) Refusals() []*Unknown { return slices.Clone(a.refusals) }

// Problems returns what is not known, of the whole API and of each method, in the order of
// their places.
func (a *API) Problems() []*Unknown {
	all := slices.Concat(a.problems, a.refusals)
	for _, res := range a.resources {
		if res.opaque != nil {
			all = append(all, res.opaque)
		}
		for _, m := range res.methods {
			if m.unknown != nil && m.unknown.Reason != ReasonImport {
				all = append(all, m.unknown)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *Unknown) int { return strings.Compare(a.Pointer, b.Pointer) })
	return all
}

// reader reads a document.
type reader struct {
	root       map[string]any
	api        *API
	schemes    map[string]*scheme
	common     []string // schemes of the security at the root, by name
	opaque     *Unknown // that security cannot be read
	validators extensions.RequestValidators
	validator  extensions.RequestValidator // of all methods

	opaqueSchemes, opaqueValidators *Unknown
	budget                          *budget
}

// extension reads an extension of the root. A problem is kept.
func extension[T any](r *reader, name string) (T, *Unknown) {
	at := pointer(name)
	value, ok, u := decoded[T](r.budget, r.root, name, at)
	if ok && u != nil {
		r.api.problems = append(r.api.problems, u)
	}
	return value, u
}

// decoded reads an extension of an object. What is an intrinsic is none that can be read.
func decoded[T any](b *budget, object map[string]any, name, at string) (value T, ok bool, u *Unknown) {
	raw, ok := object[name]
	if !ok || raw == nil {
		return value, false, nil
	}
	if reason := reasonOf(raw); reason != ReasonUnreadable {
		return value, true, unknown(reason, at, "%s is known only when the document is deployed", name)
	}
	text, err := b.encode(raw)
	if err == nil {
		value, _, err = extensions.Get[T](map[string]any{name: json.RawMessage(text)}, name)
	}
	if err != nil {
		return value, true, unreadable(at, err)
	}
	return value, true, nil
}

func (r *reader) extensions() {
	a := r.api
	a.policy = resourcePolicyOf(r.root[extensions.NamePolicy])
	a.keyOfAuthorizer = strings.EqualFold(asText(r.root[extensions.NameAPIKeySource]), "AUTHORIZER")
	if a.options.APIType == HTTP {
		if r.root[extensions.NameCORS] != nil {
			cors, u := extension[extensions.CORS](r, extensions.NameCORS)
			a.cors, a.opaqueCORS = &cors, cmp.Or(u, configurable(cors))
		}
		return
	}
	r.gatewayResponses()
	r.requestValidators()
	types, u := extension[extensions.BinaryMediaTypes](r, extensions.NameBinaryMediaTypes)
	a.opaqueBinary = u
	for _, t := range types {
		text, ok := t.Text()
		if !ok || hasPlaceholder(text) {
			a.opaqueBinary = unknown(reasonOfString(t), pointer(extensions.NameBinaryMediaTypes), "%s is known only when the document is deployed", t)
		}
		a.binary = append(a.binary, strings.ReplaceAll(text, "~1", "/"))
	}
}

// gatewayResponses reads each one by itself, so that one which cannot be read hides no other. One
// that is null is none.
func (r *reader) gatewayResponses() {
	const name = extensions.NameGatewayResponses
	a, at := r.api, pointer(name)
	root := r.root
	if declared := asObject(root[name]); declared != nil && !intrinsic(declared) {
		var odd map[string]any
		declared, odd = objectsOf(declared)
		for kind, tree := range odd {
			if a.oddErrors == nil {
				a.oddErrors = map[extensions.GatewayResponseType]*Unknown{}
			}
			u := unknown(reasonOf(tree), at+pointer(kind), "the gateway response %s cannot be read", kind)
			a.oddErrors[extensions.GatewayResponseType(kind)], a.problems = u, append(a.problems, u)
		}
		root = map[string]any{name: declared}
	}
	errors, _, u := decoded[extensions.GatewayResponses](r.budget, root, name, at)
	if u != nil {
		a.problems = append(a.problems, u)
	}
	a.errors, a.opaqueErrors = errors, cmp.Or(u, transformed(errors, at))
}

// objectsOf returns the members of an object that are objects, and those that are neither an object
// nor null.
func objectsOf(tree map[string]any) (objects, odd map[string]any) {
	objects, odd = map[string]any{}, map[string]any{}
	for name, value := range tree {
		object, isObject := value.(map[string]any)
		switch {
		case isObject && !intrinsic(object), name == duplicateMark, strings.HasPrefix(name, "x-"), extensions.IsIntrinsicName(name):
			objects[name] = value
		case value != nil:
			odd[name] = value
		}
	}
	return objects, odd
}

func (r *reader) requestValidators() {
	at := pointer(extensions.NameRequestValidators)
	var u *Unknown
	r.validators, u = extension[extensions.RequestValidators](r, extensions.NameRequestValidators)
	r.opaqueValidators = cmp.Or(u, transformed(r.validators, at))
	for _, name := range slices.Sorted(maps.Keys(r.validators)) {
		r.opaqueValidators = cmp.Or(r.opaqueValidators, misread(r.validators[name].Unknown, at+pointer(string(name)), "validateRequestBody", "validateRequestParameters"))
	}
	r.validator, u = extension[extensions.RequestValidator](r, extensions.NameRequestValidator)
	r.opaqueValidators = cmp.Or(r.opaqueValidators, u)
}

func (r *reader) paths() {
	paths, ok := r.root["paths"].(map[string]any)
	if !ok || intrinsic(paths) {
		r.api.opaque = unknown(reasonOf(r.root["paths"]), "/paths", "the paths cannot be read")
	}
	if r.api.opaque != nil {
		r.api.problems = append(r.api.problems, r.api.opaque)
	}
	prefix := r.basePath()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if !strings.HasPrefix(path, "/") {
			r.noPath(path)
			continue
		}
		r.pathItem(prefix, path, paths[path])
	}
	if r.api.options.APIType == REST {
		r.conflicts()
	}
}

// noPath notes what a key of the paths is that is no path.
func (r *reader) noPath(key string) {
	at := pointer("paths", key)
	switch {
	case strings.HasPrefix(strings.ToLower(key), "x-"), extensions.IsIntrinsicName(key), key == duplicateMark:
	case hasPlaceholder(key[:min(len(key), 2)]):
		r.api.problems = append(r.api.problems, unknown(ReasonPlaceholder, at, "%q is filled in before the import", key))
	default:
		r.refuse(refusal(behaviourImportPathSlash, at, "the import fails: the resource %s should start with a slash", key))
	}
}

func (r *reader) conflicts() {
	for _, res := range r.api.resources {
		refused := res.conflicts()
		r.refuse(refused...)
		for _, m := range res.methods {
			if len(refused) > 0 {
				m.unknown = refused[0]
			}
		}
	}
}

func (r *reader) pathItem(prefix, path string, tree any) {
	at := pointer("paths", path)
	item, isObject := tree.(map[string]any)
	if tree == nil {
		return
	}
	res := r.api.add(prefix + path)
	if res.at == "" { // of /x and /x/, which are one resource, the first one gives the name
		res.path, res.at = path, at
		r.api.byPath[path] = res
		r.api.resources = append(r.api.resources, res)
	}
	if ref, isRef := item["$ref"]; isRef {
		res.opaque = unknown(ReasonElsewhere, at, "the path item is at %v", ref)
		return
	}
	if !isObject || intrinsic(item) {
		res.opaque = unknown(reasonOf(tree), at, "the path item, or a part of it, cannot be read")
	}
	ambiguous := twice(item, at)
	if slices.Contains(duplicatesIn(asObject(r.root["paths"])), path) {
		ambiguous = unknown(ReasonAmbiguous, at, "the path stands twice, and which of the two API Gateway reads is not known")
	}
	res.opaque = cmp.Or(res.opaque, ambiguous)
	if cors, ok, u := decoded[extensions.CORS](r.budget, item, extensions.NameCORS, at); ok {
		res.policy, res.opaquePolicy = &cors, cmp.Or(u, misread(cors.Unknown, at+pointer(extensions.NameCORS), policyMembers...))
	}
	for _, key := range slices.Sorted(maps.Keys(item)) {
		name, ok := methodNames[key]
		if !ok || item[key] == nil {
			continue
		}
		m := r.method(name, item[key], item, prefix+path, at+pointer(key))
		r.refuse(m.refusals...)
		if ambiguous != nil {
			m.unknown = ambiguous
		}
		m.resource = res
		if res.isDefault() && r.api.options.APIType == HTTP {
			r.api.fallback = m
		}
		if res.methods[name] != nil {
			m.unknown = r.duplicate(res.path, path, m.pointer)
		}
		if res.methods == nil {
			res.methods = map[string]*method{}
		}
		res.methods[name] = m
	}
}

// duplicate tells that a method stands on two paths that lead to the same requests. To a REST API
// a path with a slash at the end and the one without are one resource.
func (r *reader) duplicate(first, second, at string) *Unknown {
	isOne := strings.TrimSuffix(first, "/") == strings.TrimSuffix(second, "/")
	if r.api.options.APIType == HTTP || !isOne { // two variables of one resource are refused as such
		return unknown(ReasonAmbiguous, at, "the same requests lead to %s and to %s", first, second)
	}
	u := refusal(behaviourImportDuplicateMethod, at, "the import fails: the method stands twice, of a path with a slash at the end and of one without")
	r.refuse(u)
	return u
}
