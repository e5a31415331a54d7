package transform

import (
	"cmp"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// API is the kind of API that a document is for.
type API string

const (
	Auto API = "auto" // told by what the document says; the default
	REST API = "rest"
	HTTP API = "http"
)

// ParseAPI reads the name of a kind of API. The error is a [*SettingError].
func ParseAPI(name string) (API, error) {
	return API(name), choose("api", name, func(string) {}, string(REST), string(HTTP), string(Auto))
}

// Target is the kind of API that a document was taken to be for, and what told so.
type Target struct {
	API      API              // REST or HTTP
	Sign     string           // the member that told, such as "isDefaultRoute"; empty when none did
	Position finding.Position // of it
	Given    bool             // nothing had to be told: the options said it, or what was generated did
}

// TargetError tells that what a document says does not tell which kind of API it is
// for.
type TargetError struct{ place *PlaceError }

func (e *TargetError) Error() string { return e.place.Error() }

// Unwrap returns a [*PlaceError].
func (e *TargetError) Unwrap() error { return e.place }

// Target tells which kind of API the document is for, as [Enable] takes it. The error
// is a [*TargetError], or about the options.
func (d *Document) Target(o Options) (Target, error) {
	d.read.Lock()
	defer d.read.Unlock()
	plan := newPlan(d, o)
	if err := o.validate(); err != nil {
		return Target{}, err
	}
	err := plan.chooseTarget()
	return plan.target, err
}

// chooseTarget tells which kind of API a document is for.
func (p *plan) chooseTarget() error {
	given := API(cmp.Or(string(p.options.API), p.fileAPI(), string(Auto)))
	if given != Auto {
		p.target = Target{API: given, Given: true}
		if given == HTTP && p.author.Version == model.Swagger2 {
			return &TargetError{&PlaceError{
				File: p.file.Name, Position: p.file.Position(p.author.VersionNode.Start),
				Message: fmt.Sprintf("HTTP APIs are imported from OpenAPI 3.0 only, and this is Swagger %s", p.author.VersionNode.Text()),
				Hint:    "write the document as openapi: 3.0.1, or use --api rest",
			}}
		}
		if signs := model.ReadSigns(p.author); given == REST && signs.HTTP != nil {
			p.warn(ruleHTTPAPI, here(signs.HTTP.Node, ""),
				fmt.Sprintf("%s is for HTTP APIs, which have no mock integrations; what is written here works on REST APIs", signs.HTTP.Name), "use --api http if it is for one")
		}
		return nil
	}
	switch said := model.InferAPIType(p.author); {
	case said.API == "" && said.Against != nil:
		return p.unclear(said.Sign, fmt.Sprintf("%s is for HTTP APIs, and %s in line %d is for REST APIs",
			said.Sign.Name, said.Against.Name, p.file.Position(said.Against.Node.Start).Line))
	case said.API == "":
		return p.unclear(said.Sign, said.Sign.Name+" may stand for an HTTP API, and documents for REST APIs have it too; nothing else tells which it is")
	case said.Sign == nil:
		p.target = Target{API: API(said.API)}
	default:
		p.target = p.by(API(said.API), said.Sign)
	}
	return nil
}

// fileAPI returns what the policy file says of it.
func (p *plan) fileAPI() string {
	if p.options.File == nil {
		return ""
	}
	return p.options.File.API
}

func (p *plan) by(api API, s *model.Sign) Target {
	return Target{API: api, Sign: s.Name, Position: p.file.Position(s.Node.Start)}
}

func (p *plan) unclear(s *model.Sign, message string) error {
	return &TargetError{&PlaceError{
		File:     p.file.Name,
		Position: p.file.Position(s.Node.Start),
		Message:  message,
		Hint:     "say it with --api rest or --api http, or with api in the policy file",
	}}
}
