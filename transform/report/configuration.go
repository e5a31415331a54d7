package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// configuration is the CORS configuration of an HTTP API, as it stands in a document:
// the members that say something, in the order of the policy.
type configuration []member

// member is one of its members.
type member struct {
	name   string // "allowOrigins"
	list   []any  // of a list: texts and intrinsics; nil for another value
	scalar any    // a number, a boolean, a text or an intrinsic
}

// intrinsic is a CloudFormation intrinsic in its long form, as JSON.
type intrinsic json.RawMessage

// readConfiguration reads the configuration at the root of a document. One that API
// Gateway would not take is refused.
func readConfiguration(d *model.Document) (configuration, error) {
	n := d.Root.Get(extensions.NameCORS)
	if n == nil || n.IsNull() {
		return nil, ErrNoCORS
	}
	if why := model.Closed(n); why != "" {
		return nil, n.File.Fault(n.Start, fmt.Sprintf("%s is %s, so it is not known what it says", extensions.NameCORS, why),
			"write it out, with intrinsics for single values")
	}
	block, err := policyread.ReadConfiguration(n, nil)
	if err == nil {
		own := &policy.Source{Name: "block of the document", File: n.File.Name, Layer: block.Layer}
		err = policy.Resolve([]*policy.Source{own}).ValidateForHTTP()
	}
	if err != nil {
		return nil, err
	}
	var c configuration
	for of := range policy.ConfigurationMembers() {
		if m, ok := readMember(of.Name, n.Get(of.Name)); ok {
			c = append(c, m)
		}
	}
	if len(c) == 0 {
		return nil, ErrNoCORS
	}
	return c, nil
}

// readMember reports false for a member that says nothing.
func readMember(name string, n *source.Node) (m member, ok bool) {
	m.name = name
	if n == nil || n.IsNull() {
		return m, false
	}
	if n.Kind != source.Seq || model.Intrinsic(n) {
		m.scalar = value(n)
		return m, true
	}
	for _, item := range n.Items() {
		m.list = append(m.list, value(item))
	}
	return m, len(m.list) > 0
}

// value reads a scalar or an intrinsic.
func value(n *source.Node) any {
	if long, ok := model.LongForm(n); ok {
		return intrinsic(long)
	}
	if n.IsString() {
		return n.Text()
	}
	return json.RawMessage(strings.ToLower(n.Text()))
}

// texts returns the values of a list, or of what stands in its place. The error is about
// one that another tool works out, unless it is said to be known there.
func (m member) texts(known func(text string) bool) ([]string, error) {
	values := m.list
	if values == nil {
		values = []any{m.scalar}
	}
	var texts []string
	for _, v := range values {
		text, ok := plain(v)
		switch {
		case !ok:
			return nil, onlyCloudFormation(m.name, v)
		case model.HasPlaceholder(text) && !known(text):
			return nil, filledIn(m.name, text)
		}
		texts = append(texts, text)
	}
	return texts, nil
}

func nothing(string) bool { return false }

func filledIn(what, text string) error {
	return &ExportError{
		Message: fmt.Sprintf("%s holds %q, which is filled in by what reads the document, and by nothing here", what, text),
		Hint:    "give the value with a flag",
	}
}

func onlyCloudFormation(what string, v any) error {
	return &ExportError{
		Message: fmt.Sprintf("%s holds %s, which only CloudFormation works out", what, v),
		Hint:    "use --as cloudformation or --as sam, or give the value with a flag",
	}
}

func plain(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.RawMessage:
		return string(v), true
	}
	return "", false
}

func (i intrinsic) String() string { return string(i) }

// capitalized returns the name of a member in CloudFormation and in the AWS CLI.
func (m member) capitalized() string { return strings.ToUpper(m.name[:1]) + m.name[1:] }
