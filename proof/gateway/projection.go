package gateway

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// An operation is given to kin-openapi as a projection: as OpenAPI 3 whatever the document
// is, with what a response depends on and nothing else, so that schemas and examples, which
// real documents have in all kinds of disorder, are in nobody's way. Parameters of its path
// item are among its own, and references are followed.

// projected returns an operation as kin-openapi reads it.
func (r *reader) projected(operation, item map[string]any, at string) (*openapi3.Operation, *Unknown) {
	p := map[string]any{"responses": r.responses(operation)}
	parameters, body, unknown := r.parameters(operation, item, at)
	if unknown != nil {
		return nil, unknown
	}
	p["parameters"] = parameters
	if body != nil {
		p["requestBody"] = body
	}
	if security, ok := operation["security"]; ok && opaqueSecurity(operation, at) == nil {
		p["security"] = security
	}
	for name, value := range operation {
		if strings.HasPrefix(name, "x-amazon-apigateway-") {
			p[name] = value
		}
	}
	read := &openapi3.Operation{}
	if err := kinRead(r.budget, p, read); err != nil {
		return nil, unreadable(at, err)
	}
	return read, nil
}

// opaqueResponses tells why it is not known which responses an operation declares, or which
// headers they have.
func opaqueResponses(operation map[string]any, at string) *Unknown {
	responses := asObject(operation["responses"])
	at += pointer("responses")
	if u := transformed(responses, at); u != nil {
		return u
	}
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		response := asObject(responses[status])
		if u := cmp.Or(transformed(response, at+pointer(status)), transformed(asObject(response["headers"]), at+pointer(status, "headers"))); u != nil {
			return u
		}
	}
	return nil
}

// opaqueSecurity tells why it is not known which security an operation has of its own.
func opaqueSecurity(operation map[string]any, at string) *Unknown {
	security := operation["security"]
	requirements, isList := security.([]any)
	if !isList && security != nil {
		return unknown(reasonOf(security), at+pointer("security"), "its security is no list")
	}
	for _, requirement := range requirements {
		if object, isObject := requirement.(map[string]any); !isObject || intrinsic(object) {
			return unknown(reasonOf(requirement), at+pointer("security"), "a requirement of its security cannot be read")
		}
	}
	return nil
}

// kinRead gives a projection to kin-openapi. What makes its reader panic is an error.
func kinRead(b *budget, projection any, to json.Unmarshaler) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi cannot read it: %v", r)
		}
	}()
	text, err := b.encode(projection)
	if err != nil {
		return err
	}
	return to.UnmarshalJSON(text)
}

func unreadable(at string, err error) *Unknown {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return unknown(ReasonUnreadable, at, "cannot be read: %s", line)
}

// responses are those of an operation: their status and the names of their headers. A
// reference is a status without headers, since REST APIs lose what it refers to
// (amazon-archives/aws-apigateway-importer#83).
func (r *reader) responses(operation map[string]any) any {
	responses, ok := operation["responses"]
	object, isObject := responses.(map[string]any)
	if !ok || responses == nil {
		return map[string]any{}
	}
	if !isObject {
		return responses // kin-openapi says what is wrong
	}
	p := map[string]any{}
	for status, response := range object {
		if strings.HasPrefix(status, "x-") || response == nil {
			continue
		}
		headers := map[string]any{}
		if _, isRef := asObject(response)["$ref"]; !isRef {
			for name := range asObject(asObject(response)["headers"]) {
				headers[name] = map[string]any{"schema": map[string]any{}}
			}
		}
		p[status] = map[string]any{"description": "", "headers": headers}
	}
	return p
}

// parameters are those of an operation and of its path item that are not overridden, with
// the body as OpenAPI 3 has it.
func (r *reader) parameters(operation, item map[string]any, at string) (parameters []any, body map[string]any, u *Unknown) {
	have := map[string]bool{}
	var form bool
	for _, owner := range []map[string]any{operation, item} {
		list, ok := owner["parameters"].([]any)
		if !ok && owner["parameters"] != nil {
			return nil, nil, unknown(reasonOf(owner["parameters"]), at, "its parameters are no list")
		}
		for _, p := range list {
			parameter, u := r.followed(p, at)
			if u != nil {
				return nil, nil, u
			}
			in, name := asText(parameter["in"]), asText(parameter["name"])
			key := in + " " + name
			switch {
			case have[key]:
			case in == "body":
				body = r.bodyOf(operation, parameter["required"])
			case in == "formData":
				form = true
			default:
				parameters = append(parameters, only(parameter, "name", "in", "required"))
			}
			have[key] = true
		}
	}
	if form && body == nil {
		body = map[string]any{"content": map[string]any{"application/x-www-form-urlencoded": map[string]any{}}}
	}
	if declared := operation["requestBody"]; declared != nil {
		parameter, u := r.followed(declared, at)
		if u != nil {
			return nil, nil, u
		}
		body = only(parameter, "required")
		body["content"] = typesOf(parameter["content"])
	}
	return parameters, body, nil
}

// bodyOf is the body of a Swagger 2.0 operation, in the media types that it consumes.
func (r *reader) bodyOf(operation map[string]any, required any) map[string]any {
	consumes, ok := operation["consumes"].([]any)
	if !ok {
		consumes, _ = asObject(r.root)["consumes"].([]any)
	}
	content := map[string]any{}
	for _, media := range consumes {
		content[asText(media)] = map[string]any{}
	}
	if len(content) == 0 {
		content["application/json"] = map[string]any{}
	}
	body := map[string]any{"content": content}
	if required != nil {
		body["required"] = required
	}
	return body
}

func typesOf(content any) map[string]any {
	types := map[string]any{}
	for media := range asObject(content) {
		types[media] = map[string]any{}
	}
	return types
}

// only returns an object with some of its members. Parameters get a schema, without which
// kin-openapi has none.
func only(object map[string]any, names ...string) map[string]any {
	some := map[string]any{}
	for _, name := range names {
		if value, ok := object[name]; ok {
			some[name] = value
		}
	}
	if _, ok := some["in"]; ok {
		some["schema"] = map[string]any{}
	}
	return some
}

// followed returns an object, or the one that it refers to.
func (r *reader) followed(tree any, at string) (map[string]any, *Unknown) {
	const most = 10 // references on the way, which a circle would exceed
	for range most {
		object, ok := tree.(map[string]any)
		if !ok {
			return nil, unknown(ReasonUnreadable, at, "%v stands where an object belongs", tree)
		}
		ref, isRef := object["$ref"].(string)
		if !isRef {
			if intrinsic(object) {
				return nil, unknown(ReasonIntrinsic, at, "a part of it is an intrinsic function")
			}
			return object, nil
		}
		if tree, ok = resolve(r.root, ref); !ok {
			return nil, unknown(ReasonElsewhere, at, "%q leads out of the document, or nowhere", ref)
		}
	}
	return nil, unknown(ReasonUnreadable, at, "its references lead in a circle")
}

// reasonOf tells why a value is not what belongs in its place.
func reasonOf(tree any) Reason {
	if intrinsic(asObject(tree)) {
		return ReasonIntrinsic
	}
	if hasPlaceholder(asText(tree)) {
		return ReasonPlaceholder
	}
	return ReasonUnreadable
}

// intrinsic reports whether an object is an intrinsic function of CloudFormation, or has
// members that one will give.
func intrinsic(object map[string]any) bool {
	for name := range object {
		if len(object) == 1 && extensions.IsIntrinsicName(name) || strings.HasPrefix(name, "Fn::") {
			return true
		}
	}
	return false
}
