// Package validity asks kin-openapi whether a document is valid OpenAPI 3.
//
// Documents for API Gateway are not always: intrinsics and placeholders stand where
// strings and objects belong, and greedy path variables are no path variables. So the
// reader is not given the document but a projection of it, part by part: what cannot be
// known yet is left out, a part that it cannot read is one problem and not the last one,
// and extensions and examples are no concern of the specification.
//
// Nor is it given references. It would follow them again from each place that has one,
// which takes it minutes where schemas refer to each other in a circle; what they lead to
// is a part of its own.
package validity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/getkin/kin-openapi/openapi3"
)

// Codes returns the codes that problems can have.
func Codes() []string { return append(openapi3.ValidationErrorCodes(), Unreadable) }

// Judge returns what makes a document invalid. kin-openapi judges OpenAPI 3; of Swagger
// 2.0 it says nothing.
func Judge(d *model.Document) []Problem {
	if d.Version == model.Swagger2 {
		return nil
	}
	r := &reader{doc: d}
	for _, err := range r.judge() {
		if p := problem(err); !r.isUncertain(p) {
			r.problems = append(r.problems, p)
		}
	}
	return r.problems
}

// judge returns everything that kin-openapi finds. What examples may be it does not tell
// in the end, and patterns are of ECMAScript. A panic of its is one more problem: it has
// some for what it does not expect.
func (r *reader) judge() (list openapi3.MultiError) {
	defer func() {
		if failure := recover(); failure != nil {
			list = openapi3.MultiError{fmt.Errorf("kin-openapi does not get through the document: %v", failure)}
		}
	}()
	err := r.read().Validate(context.Background(), openapi3.EnableMultiError(), openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation())
	if err != nil && !errors.As(err, &list) {
		list = openapi3.MultiError{err}
	}
	return list
}

// isUncertain reports whether something may be right that kin-openapi takes for a problem:
// a scheme may be among those that cannot be seen, and a greedy variable stands for more
// than one part of a path.
func (r *reader) isUncertain(p Problem) bool {
	return p.Code == undefinedScheme && r.schemesElsewhere || p.Code == conflictingPaths && strings.Contains(p.Message, "+}")
}

// reader builds what kin-openapi judges out of the parts that it can read.
type reader struct {
	doc      *model.Document
	problems []Problem

	schemesElsewhere bool // there are security schemes that cannot be seen here
}

func (r *reader) read() *openapi3.T {
	t := &openapi3.T{}
	r.into(t, r.doc.Root, "", "openapi", "paths", "components", "info", "servers", "security", "tags", "externalDocs")
	t.OpenAPI = r.doc.VersionNode.Text()
	if !r.member("info", &t.Info) {
		t.Info = &openapi3.Info{Title: "unknown", Version: "unknown"}
	}
	r.member("servers", &t.Servers)
	r.member("security", &t.Security)
	r.member("tags", &t.Tags)
	r.member("externalDocs", &t.ExternalDocs)
	t.Components, t.Paths = r.components(), openapi3.NewPaths()
	for _, resource := range r.doc.Resources {
		for _, item := range resource.Items {
			r.pathItem(t.Paths, item)
		}
	}
	return t
}

// member reads a member of the root if there is one, and reports whether it is read.
func (r *reader) member(name string, to any) bool {
	n := r.doc.Root.Get(name)
	return n == nil || r.into(to, n, source.Pointer("").Child(name))
}

// into reads a part into a value of kin-openapi's, but for some of its members. What it
// cannot read is a problem, unless a part of it is not known yet.
func (r *reader) into(to any, n *source.Node, at source.Pointer, without ...string) bool {
	p := &projection{doc: r.doc, at: at, without: without}
	p.value(n, roleOf(at))
	r.problems = append(r.problems, p.problems...)
	if p.unknown {
		return false
	}
	if err := json.Unmarshal([]byte(p.text.String()), to); err != nil {
		r.problems = append(r.problems, Problem{Unreadable, readable(err), at})
		return false
	}
	return true
}

// operations of a path item as the specification has them. An operation for any method is
// an extension.
var operations = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

func (r *reader) pathItem(paths *openapi3.Paths, from *model.PathItem) {
	if from.Opaque != "" || from.Node.IsNull() || model.HasPlaceholder(from.Key) {
		return
	}
	item := &openapi3.PathItem{}
	if !r.into(item, from.Node, from.Pointer, operations...) {
		return
	}
	extendGreedy(item.Parameters, from.Key)
	for _, name := range operations {
		n := from.Node.Get(name)
		op := &openapi3.Operation{}
		if n == nil || r.doc.Hidden[n] || !r.into(op, n, from.Pointer.Child(name)) {
			continue
		}
		extendGreedy(op.Parameters, from.Key)
		item.SetOperation(strings.ToUpper(name), op)
	}
	paths.Set(from.Key, item)
}

// extendGreedy gives the parameter of a greedy variable the name that the path has, with
// the plus sign: API Gateway's authors leave it out.
func extendGreedy(parameters openapi3.Parameters, path string) {
	for _, p := range parameters {
		if p != nil && p.Value != nil && p.Value.In == openapi3.ParameterInPath && strings.Contains(path, "{"+p.Value.Name+"+}") {
			p.Value.Name += "+"
		}
	}
}
