package record

import (
	"regexp"
	"strings"
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Form is how CloudFormation intrinsics are written: in their long form, {"Fn::Sub": …}, or as
// tags, !Sub. The zero Form is long.
type Form struct{ isShort func() bool } // found out when the first one is written

// FormIn returns the form that a document uses. Long forms stay long unless it has short
// ones: a document that CloudFormation includes may not hold tags. See
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/create-reusable-transform-function-snippets-and-add-to-your-template-with-aws-include-transform.html
func FormIn(f *source.File) Form {
	return Form{sync.OnceValue(func() bool { return f.Syntax == source.YAML && shortTag.Match(f.Src) })}
}

func (f Form) of(v layout.Value) layout.Value {
	if f.isShort != nil && f.isShort() {
		return short(v)
	}
	return v
}

// Mapping returns the value of a header in responseParameters.
func Mapping(h responses.Header, form Form) layout.Value {
	if h.Intrinsic == "" {
		return layout.String(h.Mapping)
	}
	return form.of(inQuotes(longForm(h.Intrinsic)))
}

// Same reports whether an existing mapping has the value that is wanted.
func Same(own, wanted responses.Header) bool {
	switch {
	case wanted.IsComputed():
		return false
	case wanted.Intrinsic != "":
		has, ok := model.LongForm(own.Node)
		return ok && layout.JSON(inQuotes(longForm(has))) == layout.JSON(inQuotes(longForm(wanted.Intrinsic)))
	}
	return own.Mapping == wanted.Mapping && own.Node.IsString()
}

// longForm reads an intrinsic from its JSON.
func longForm(text string) layout.Value {
	f, err := source.ParseAs("intrinsic", []byte(text), source.JSON)
	if err != nil {
		return layout.String(text)
	}
	v, ok := layout.Of(f.Root, nil)
	if !ok {
		return layout.String(text)
	}
	return v
}

// inQuotes puts the single quotes that a fixed value has in a mapping around what
// an intrinsic gives, unless they are there.
func inQuotes(v layout.Value) layout.Value {
	name, arg := intrinsic(v)
	list, _ := arg.(layout.List)
	text, isText := arg.(layout.String)
	switch {
	case name == "Fn::Sub" && isText:
		return layout.Map{{Key: name, Value: quotedText(text)}}
	case name == "Fn::Sub" && len(list) == 2:
		if text, ok := list[0].(layout.String); ok {
			return layout.Map{{Key: name, Value: layout.List{quotedText(text), list[1]}}}
		}
	case name == "Ref" && isText:
		return layout.Map{{Key: "Fn::Sub", Value: "'${" + text + "}'"}}
	case name == "Fn::Join" && isQuotedJoin(list):
		return v
	}
	return layout.Map{{Key: "Fn::Join", Value: layout.List{layout.String(""), layout.List{layout.String("'"), v, layout.String("'")}}}}
}

func quotedText(text layout.String) layout.String {
	if strings.HasPrefix(string(text), "'") && strings.HasSuffix(string(text), "'") && len(text) > 1 {
		return text
	}
	return "'" + text + "'"
}

// isQuotedJoin reports whether what a Join puts together begins and ends with a
// quote.
func isQuotedJoin(args layout.List) bool {
	if len(args) != 2 {
		return false
	}
	parts, _ := args[1].(layout.List)
	if len(parts) < 2 {
		return false
	}
	first, ok1 := parts[0].(layout.String)
	last, ok2 := parts[len(parts)-1].(layout.String)
	return ok1 && ok2 && strings.HasPrefix(string(first), "'") && strings.HasSuffix(string(last), "'")
}

// intrinsic takes an intrinsic in long form apart.
func intrinsic(v layout.Value) (name string, arg layout.Value) {
	if m, ok := v.(layout.Map); ok && len(m) == 1 {
		return m[0].Key, m[0].Value
	}
	return "", nil
}

var shortTag = regexp.MustCompile(`(?m)[:\-\[,][ \t]+!(Sub|Ref|GetAtt|Join|If|ImportValue|FindInMap|Select|Split|Base64)\b`)

func short(v layout.Value) layout.Value {
	switch v := v.(type) {
	case layout.List:
		list := make(layout.List, len(v))
		for i, item := range v {
			list[i] = short(item)
		}
		return list
	case layout.Map:
		return shortMap(v)
	}
	return v
}

// shortMap leaves an intrinsic long whose argument is neither text nor list: a tag
// cannot stand directly before another.
func shortMap(m layout.Map) layout.Value {
	name, arg := intrinsic(m)
	tag := "!" + strings.TrimPrefix(name, "Fn::")
	if name == "Ref" || strings.HasPrefix(name, "Fn::") {
		switch arg := short(arg).(type) {
		case layout.String:
			return layout.Tagged{Tag: tag, Text: string(arg)}
		case layout.List:
			return layout.TaggedList{Tag: tag, Items: arg}
		}
	}
	out := make(layout.Map, len(m))
	for i, member := range m {
		out[i] = layout.Member{Key: member.Key, Value: short(member.Value)}
	}
	return out
}
