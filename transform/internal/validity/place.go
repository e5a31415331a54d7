package validity

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Codes of problems that not everything is known about.
const (
	undefinedScheme  = "security-requirement-scheme-undefined"
	conflictingPaths = "conflicting-paths"
)

// problem says in our words what kin-openapi has found. Its errors say where they are in
// wrappers around what is wrong there.
func problem(err error) Problem {
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
			p.Pointer = model.Base.Child(e.Path)
		case *openapi3.OperationValidationError:
			p.Pointer = p.Pointer.Child(strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			p.Pointer = components.Child(sections[e.Section]).Child(e.Name)
		default:
			isPlace = false
			p.Pointer = placeIn(err, p.Pointer)
		}
		if !isPlace && !said {
			p.Message, said = firstLine(err.Error()), true
		}
	}
	return p
}

// placeIn returns the place that an error names by itself, else the one that is known.
func placeIn(err error, known source.Pointer) source.Pointer {
	switch e := err.(type) {
	case *openapi3.PathParametersError:
		return operation(e.Method, e.Path)
	case *openapi3.DuplicateOperationIDError:
		method, path, _ := strings.Cut(e.Endpoint2, " ")
		return operation(method, path)
	case *openapi3.SecurityRequirementSchemeUndefinedError:
		return source.Pointer(e.JSONPointer)
	}
	return known
}

func operation(method, path string) source.Pointer {
	return model.Base.Child(path).Child(strings.ToLower(method))
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
		what = strconv.Quote(m[2][strings.LastIndexByte(m[2], '.')+1:]) // the name of a Go type stands before it
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
