// Package velocity renders the part of the Velocity Template Language that mapping
// templates of API Gateway use to answer CORS: directives, conditions, references,
// methods of strings and lists, $input, $context, $stageVariables.
//
// It follows Apache Velocity 1.7, white space included: which line breaks a
// directive takes away with it, what a null compares to, what an unknown reference
// renders as. API Gateway's own engine is assumed to do the same. What the package
// does not know is an [*Error] with its place, and never a guess.
//
// See https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
package velocity

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Field is a header, a query parameter or a path variable.
type Field struct{ Name, Value string }

// Input is what a template can look at.
type Input struct {
	Header []Field // names are looked up letter by letter, as REST APIs do
	Query  []Field
	Path   []Field
	Body   string

	StageVariables map[string]string
	Context        map[string]string // "requestId", "identity.sourceIp"

	// MissingIsEmpty gives an empty text where $input.params() has no such header,
	// query parameter or path variable. Without it there is a null, as in a map.
	// The documentation does not say which it is; a proof should hold with both.
	MissingIsEmpty bool
}

// Output is what a template gives.
type Output struct {
	Text string
	// Overrides of the response, in the order in which they were set. API Gateway
	// applies them when the whole template has been rendered, and answers 5XX if one
	// is set twice. See
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
	Header []Field
	Status int // 0: not overridden
	// Request has the overrides of the request, which only a request template makes.
	Request RequestOverrides
}

// RequestOverrides replace parameters of the request that goes to the backend, in
// the order in which they were set.
type RequestOverrides struct {
	Header, Query, Path []Field
}

// Error is a part of a template that cannot be parsed or rendered.
type Error struct {
	Line, Column int // both from 1; the column counts bytes
	Message      string

	// OverriddenTwice tells that the template is understood, and fails on AWS too. See
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
	OverriddenTwice bool
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// Template is a parsed template. It may be rendered any number of times, also at
// once.
type Template struct {
	src   string
	nodes []node
}

// maxTemplate is the longest template that API Gateway takes: 300 KB. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const maxTemplate = 300 << 10

// Parse reads a template. The error is an [*Error].
func Parse(src string) (t *Template, err error) {
	defer recoverError(&err)
	p := &parser{src: src}
	if len(src) > maxTemplate {
		p.fail("the template is longer than 300 KB, which API Gateway refuses")
	}
	if !utf8.ValidString(src) {
		p.fail("the template is not UTF-8")
	}
	nodes := p.block()
	if !p.done() {
		p.fail("there is no #if or #foreach that this could belong to")
	}
	return &Template{src, nodes}, nil
}

// Render renders the template. The error is an [*Error]: of what is not known here,
// of what makes API Gateway answer 5XX, and of a template that takes too much work.
func (t *Template) Render(in Input) (out Output, err error) {
	defer recoverError(&err)
	r := &renderer{src: t.src, input: in, variables: map[string]any{}, text: &strings.Builder{}}
	r.nodes(t.nodes)
	r.out.Text = r.text.String()
	return r.out, nil
}

// failure carries an Error up to the function that returns it.
type failure struct{ err *Error }

func recoverError(err *error) {
	switch r := recover().(type) {
	case nil:
	case failure:
		*err = r.err
	default:
		panic(r)
	}
}

// fail reports an error at an offset.
func fail(src string, at int, format string, args ...any) {
	panic(failure{errorAt(src, at, format, args...)})
}

func errorAt(src string, at int, format string, args ...any) *Error {
	before := src[:min(at, len(src))]
	return &Error{
		Line: strings.Count(before, "\n") + 1, Column: len(before) - strings.LastIndexByte(before, '\n'),
		Message: fmt.Sprintf(format, args...),
	}
}
