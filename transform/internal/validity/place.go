package validity

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// undefinedScheme is the code of a requirement that names no security scheme.
const undefinedScheme = "security-requirement-scheme-undefined"

// problem says in our words what kin-openapi has found. Its errors say where they are in
// wrappers around what is wrong there.
func (r *reader) problem(err error) Problem {
	p := Problem{Code: Unreadable, Message: firstLine(err.Error())}
	var coded openapi3.CodedError
	if errors.As(err, &coded) {
		p.Code = coded.Code()
	}
	for said := false; err != nil; err = errors.Unwrap(err) {
		isPlace := true
		switch e := err.(type) {
		case *openapi3.SectionValidationError:
			p.Pointer = source.Pointer("").Child(e.Section)
			said = e.Section != "paths" && e.Section != "components" // what follows speaks of a part of them
		case *openapi3.PathValidationError:
			p.Pointer = r.pathItemAt(e.Path)
		case *openapi3.OperationValidationError:
			p.Pointer = p.Pointer.Child(strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			p.Pointer = components.Child(sections[e.Section]).Child(e.Name)
		default:
			isPlace = false
			p.Pointer = r.named(err, p.Pointer)
		}
		if !isPlace && !said {
			p.Message, said = firstLine(err.Error()), true
		}
	}
	return p
}

// named returns the place that an error names by itself, else the one that is known.
func (r *reader) named(err error, known source.Pointer) source.Pointer {
	switch e := err.(type) {
	case *openapi3.PathParametersError:
		return r.endpoint(e.Method + " " + e.Path)
	case *openapi3.DuplicateOperationIDError:
		return r.endpoint(e.Endpoint2)
	case *openapi3.SecurityRequirementSchemeUndefinedError:
		return r.pointer(e.JSONPointer)
	}
	return known
}

// pathItemAt is where a path item stands whose path may stand for another.
func (r *reader) pathItemAt(path string) source.Pointer {
	if key, ok := r.keys[path]; ok {
		path = key
	}
	return model.Base.Child(path)
}

// endpoint is where an operation stands: "GET /pets".
func (r *reader) endpoint(text string) source.Pointer {
	method, path, _ := strings.Cut(text, " ")
	return r.pathItemAt(path).Child(strings.ToLower(method))
}

// pointer is one into what was read, as one into the document.
func (r *reader) pointer(text string) source.Pointer {
	keys := source.Pointer(text).Keys()
	at := source.Pointer("")
	for i, key := range keys {
		if original, ok := r.keys[key]; ok && i == 1 && at == model.Base {
			key = original
		}
		at = at.Child(key)
	}
	return at
}

// unresolved is the problem of a reference that leads to something else than it should.
// kin-openapi says which one it is, and not where.
func (r *reader) unresolved(err error) Problem {
	p := Problem{Code: Unreadable, Message: firstLine(err.Error())}
	p.Pointer, _ = mentioned(r.doc.Root, "", p.Message)
	return p
}

// mentioned returns the first reference below a node that a message mentions.
func mentioned(n *source.Node, at source.Pointer, message string) (source.Pointer, bool) {
	if n.Alias != "" {
		return "", false
	}
	if ref, ok := model.Ref(n); ok && len(ref) > 1 && strings.Contains(message, ref) {
		return at.Child("$ref"), true
	}
	for i, item := range n.Items() {
		if found, ok := mentioned(item, at.Child(fmt.Sprint(i)), message); ok {
			return found, true
		}
	}
	for _, m := range n.Members() {
		if found, ok := mentioned(m.Value, at.Child(m.Name()), message); ok {
			return found, true
		}
	}
	return "", false
}

// mismatch is what encoding/json says of a value of another kind than is asked for.
var mismatch = regexp.MustCompile(`cannot unmarshal (\S+).* into (?:.*field (\S+)|.*value) of type (\S+)$`)

// readable says why a part cannot be read, in the words of JSON.
func readable(err error) string {
	line := firstLine(err.Error())
	m := mismatch.FindStringSubmatch(line)
	if m == nil {
		return line
	}
	what := "it"
	if m[2] != "" {
		what = m[2]
	}
	return fmt.Sprintf("%s is %s where %s belongs", what, valueKind(m[1]), typeKind(m[3]))
}

// valueKind is what encoding/json calls a value, with an article.
func valueKind(value string) string {
	switch value {
	case "bool":
		return "a boolean"
	case "array":
		return "a list"
	case "object":
		return "an object"
	}
	return "a " + value
}

// typeKind is what a value of a Go type is read from.
func typeKind(name string) string {
	switch {
	case name == "bool":
		return "a boolean"
	case name == "string":
		return "a string"
	case strings.HasPrefix(name, "[]"), name == "openapi3.Servers", name == "openapi3.SecurityRequirements", name == "openapi3.Parameters", name == "openapi3.Tags":
		return "a list"
	case strings.HasPrefix(name, "float"), strings.HasPrefix(name, "int"), strings.HasPrefix(name, "uint"):
		return "a number"
	}
	return "an object"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
