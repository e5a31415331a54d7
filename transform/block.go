package transform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// block writes a policy down in the vocabulary of API Gateway's CORS object. On a
// resource of a REST API it has no effect; it is the record that a reviewer reads.
func block(e policy.Effective) layout.Map {
	var m layout.Map
	list := func(key string, values []string) {
		if len(values) > 0 {
			m = append(m, layout.Member{Key: key, Value: layout.Strings(values)})
		}
	}
	list("allowOrigins", []string{e.Origin})
	list("allowMethods", e.Methods)
	list("allowHeaders", e.Headers)
	list("exposeHeaders", e.Expose)
	if e.MaxAge != nil {
		m = append(m, layout.Member{Key: "maxAge", Value: layout.Word(strconv.Itoa(*e.MaxAge))})
	}
	if e.Credentials {
		m = append(m, layout.Member{Key: "allowCredentials", Value: layout.Word("true")})
	}
	return m
}

// blockDisagrees returns the member in which a generated block says something
// else than the generated OPTIONS sends, which only an edit by hand can bring
// about.
func blockDisagrees(b *source.Node, options *model.Method) (string, bool) {
	have := answers.PreflightHave(options).Headers
	for _, pair := range []struct{ member, header string }{
		{"allowOrigins", answers.AllowOrigin},
		{"allowMethods", answers.AllowMethods},
		{"allowHeaders", answers.AllowHeaders},
		{"maxAge", answers.MaxAge},
		{"allowCredentials", answers.AllowCredentials},
	} {
		h, _ := have.Get(pair.header)
		sent, _ := h.Static()
		if blockValue(b.Get(pair.member)) != sent {
			return pair.member, true
		}
	}
	return "", false
}

// blockValue returns a member of a block as its header would carry it. An absent
// header, an empty list and false are the same.
func blockValue(n *source.Node) string {
	switch {
	case n == nil || n.IsBool() && n.Text() == "false":
		return ""
	case n.Kind == source.Seq:
		var values []string
		for _, item := range n.Items() {
			values = append(values, item.Text())
		}
		return strings.Join(values, ",")
	}
	return n.Text()
}

// exposedBy returns what a block says may be read of a response.
func exposedBy(b *source.Node) []string {
	return slices.DeleteFunc(strings.Split(blockValue(b.Get("exposeHeaders")), ","), func(s string) bool { return s == "" })
}
