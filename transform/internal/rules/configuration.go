package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// configuration returns the CORS configuration of an HTTP API as it was written by hand, if
// it can be understood.
func configuration(d *View) (block, bool) {
	b, ok := d.blocksByPath()[""]
	return b, ok && d.API == model.HTTP && len(b.mistakes) == 0
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
func lacksInConfiguration(d *View, b block, member string, lacks []string) []Finding {
	where, names := b.at(member), strings.Join(lacks, ", ")
	if len(lacks) == 0 || d.Generated(where.Pointer) {
		return nil
	}
	return []Finding{{
		At:      where,
		Message: fmt.Sprintf("%s of the configuration lacks %s, which routes of the document need", member, names),
		Hint:    "add " + names,
	}}
}
