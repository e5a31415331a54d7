package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// isConfigured reports whether the document has the CORS configuration of an HTTP API.
func (p *pass) isConfigured() bool { return p.api == HTTP && p.Root.Get(extensions.NameCORS) != nil }

// configuration returns the CORS configuration of an HTTP API as its author has written it,
// if it can be understood.
func (p *pass) configuration() (block, bool) {
	b, ok := p.blocksByPath()[""]
	return b, ok && p.api == HTTP && len(b.mistakes) == 0
}

// preflight returns the lists with which API Gateway answers preflights by a configuration,
// and whether calls may carry credentials.
func (b block) preflight() (have answers.Headers, credentials bool) {
	credentials, _ = b.policy.AllowCredentials.Literal()
	return answers.Headers{listOf(answers.AllowMethods, b.policy.AllowMethods), listOf(answers.AllowHeaders, b.policy.AllowHeaders)}, credentials
}

func listOf(header string, value policy.Value[[]string]) answers.Header {
	if text, ok := value.Raw(); ok {
		return answers.Header{Name: header, Mapping: text}
	}
	names, _ := value.Literal()
	return answers.Fixed(header, strings.Join(names, ","))
}

// lacksInConfiguration reports what a list of the configuration lacks.
func (p *pass) lacksInConfiguration(b block, member string, lacks []string) {
	if where := b.at(member); len(lacks) > 0 && !p.isGenerated(where.pointer) {
		p.report(where, "add "+strings.Join(lacks, ", "), nil, "%s of the configuration lacks %s, which routes of the document need", member, strings.Join(lacks, ", "))
	}
}
