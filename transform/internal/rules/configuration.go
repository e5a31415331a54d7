package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// configuration returns the CORS configuration of an HTTP API, generated or not, if it can be
// understood.
func configuration(d *View) (block, bool) {
	n := d.Root.Get(extensions.NameCORS)
	if d.API != model.HTTP || n == nil || n.IsNull() || model.Intrinsic(n) {
		return block{}, false
	}
	b := block{node: n, pointer: model.ConfigurationPointer, resource: d.Whole()}
	b.read(d)
	return b, len(b.mistakes) == 0
}

// preflight returns the lists with which API Gateway answers preflights by a configuration,
// and whether calls may carry credentials.
func (b block) preflight() (have responses.Headers, credentials bool) {
	credentials, _ = b.policy.AllowCredentials.Literal()
	return responses.Headers{listOf(responses.AllowMethods, b.policy.AllowMethods), listOf(responses.AllowHeaders, b.policy.AllowHeaders)}, credentials
}

func listOf(header string, value policy.Value[[]string]) responses.Header {
	if text, ok := value.Raw(); ok {
		return responses.Header{Name: header, Mapping: text}
	}
	names, _ := value.Literal()
	return responses.Fixed(header, strings.Join(names, ","))
}

// lacksInConfiguration reports what a list of the configuration lacks.
func lacksInConfiguration(b block, member string, lacks []string) []Finding {
	where, names := b.at(member), strings.Join(lacks, ", ")
	if len(lacks) == 0 {
		return nil
	}
	return []Finding{{
		At:      where,
		Message: fmt.Sprintf("%s of the configuration lacks %s, which routes of the document need", member, names),
		Hint:    "add " + names,
	}}
}
