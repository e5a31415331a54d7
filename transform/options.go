package transform

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/httpapi"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/rest"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Options say what is enabled and what is written, as opposed to a policy, which
// says who may call. The zero Options enable every resource and write everything
// that the kind of API needs which the document is for.
type Options struct {
	API       APIType // empty: what the policy file says, else Auto
	Selection Selection
	Emit      Emit

	// Existing says what becomes of an OPTIONS and of CORS headers that the author
	// already has; empty: what the policy file says, else policy.ExistingKeep.
	Existing policy.Existing

	// File is a policy file; nil: there is none. What it says about policies and
	// resources holds; its Emit is for the caller to apply (see [ReadConfig]).
	File    *policy.File
	Profile string // of the file; empty: none

	// KeepDocument asks for a result that is verified by reading the whole of it, so that
	// [Result.Document] need not read it again.
	KeepDocument bool
}

// APIType is the type of APIType that a document is for.
type APIType string

const (
	Auto APIType = "auto" // inferred from the document; the default
	REST APIType = "rest"
	HTTP APIType = "http"
)

// ParseAPI reads the name of an API type. The error is a [*OptionError].
func ParseAPI(name string) (APIType, error) {
	return APIType(name), choose("api", name, func(string) {}, string(REST), string(HTTP), string(Auto))
}

// Selection chooses resources and methods. The zero Selection chooses all.
//
// Paths are compared by segments, a trailing slash and a missing leading slash
// apart: "/pets" is neither "/pets-archive" nor, unless Recursive is set,
// "/pets/{petId}".
type Selection struct {
	Resources []string // paths to enable; empty: all
	Recursive bool     // also the resources below those
	Exclude   []string // paths to leave out, and all below them
	// Methods of the chosen resources, "GET" or "ANY"; empty: all. The resource is
	// enabled for just these, whatever an earlier run enabled on it.
	Methods []string
}

// Emit chooses what is written. The zero value of each member is the default.
type Emit struct {
	Status           int              // of the preflight: 200 (also 0) or 204
	Responses        ResponseSet      // responses of real methods that get the headers
	GatewayResponses GatewayResponses // whether API Gateway's own errors get the headers
	GatewayOrigin    GatewayOrigin    // which origin they carry when resources differ
	NoCORSObjects    bool             // leave out x-amazon-apigateway-cors
	AnyOptions       AnyOptions       // what becomes of the preflights of a proxied ANY
	OptionsRoutes    OptionsRoutes    // of HTTP APIs only; REST APIs have none

	// AddResponseTemplates chooses which responses get a template that passes the body through
	// where there is none to compute the caller's origin in.
	AddResponseTemplates ResponseTemplates
}

// ResponseSet chooses responses of real methods by their status.
type ResponseSet string

const (
	ResponsesAll  ResponseSet = "all" // the default
	Responses2XX  ResponseSet = "2xx"
	Responses200  ResponseSet = "200" // as the console's "Enable CORS"
	ResponsesNone ResponseSet = "none"
)

// Has reports whether a status is chosen: "404".
func (s ResponseSet) Has(status string) bool {
	switch s {
	case Responses2XX:
		return strings.HasPrefix(status, "2")
	case Responses200:
		return status == "200"
	case ResponsesNone:
		return false
	}
	return true
}

// GatewayResponses chooses whether gateway responses get the headers.
type GatewayResponses string

const (
	GatewayResponsesAll  GatewayResponses = "all" // DEFAULT_4XX, DEFAULT_5XX and every type that is declared; the default
	GatewayResponsesNone GatewayResponses = "none"
)

// GatewayOrigin chooses the origin of gateway responses, of which an API has one
// set for all its resources.
type GatewayOrigin string

const (
	GatewayOriginFirst GatewayOrigin = "first" // the first exact origin; the default
	GatewayOriginAny   GatewayOrigin = "any"   // "*", where no resource allows credentials
	GatewayOriginNone  GatewayOrigin = "none"  // none where resources differ
)

// ResponseTemplates chooses which responses without a template get one, where the policy has
// several origins. A response that may be binary, or that has no body, never does.
type ResponseTemplates string

const (
	ResponseTemplatesAuto   ResponseTemplates = "auto" // those that are JSON by their own declaration; the default
	ResponseTemplatesAlways ResponseTemplates = "true"
	ResponseTemplatesNever  ResponseTemplates = "false" // pages cannot read such responses
)

// AnyOptions chooses what becomes of the preflights that a proxied ANY without an
// OPTIONS beside it has received so far.
type AnyOptions string

const (
	AnyOptionsAdd  AnyOptions = "add"  // an OPTIONS takes them over; the default
	AnyOptionsKeep AnyOptions = "keep" // the backend goes on answering them
)

// OptionsRoutes chooses what becomes of the routes of an HTTP API that swallow
// preflights.
type OptionsRoutes string

const (
	OptionsRoutesAdd  OptionsRoutes = "add" // the default
	OptionsRoutesWarn OptionsRoutes = "warn"
	OptionsRoutesOff  OptionsRoutes = "off"
)

// OptionError is a value that an option does not take.
type OptionError struct {
	Key, Value string
	Accepted   []string // values, or keys where the key is unknown
	UnknownKey bool
	Near       string // what was probably meant, may be empty
}

func (e *OptionError) Error() string {
	what := fmt.Sprintf("%s: unknown value %q", e.Key, e.Value)
	if e.UnknownKey {
		what = fmt.Sprintf("unknown key %q", e.Key)
	}
	if e.Near != "" {
		what += fmt.Sprintf("; did you mean %q?", e.Near)
	}
	return what + " (accepted: " + strings.Join(e.Accepted, ", ") + ")"
}

// emitKeys are the keys of Set, in the order in which they are listed.
var emitKeys = []string{"status", "responses", "gatewayResponses", "gatewayOrigin", "blocks", "addResponseTemplates", "anyOptions", "optionsRoutes"}

// EmitKeys returns the keys that [Emit.Set] takes.
func EmitKeys() []string { return slices.Clone(emitKeys) }

// Set sets the member with that key, as in "status" and "204". The error is a
// [*OptionError].
func (e *Emit) Set(key, value string) error {
	switch key {
	case "status":
		return choose(key, value, func(v string) { e.Status, _ = strconv.Atoi(v) }, "200", "204")
	case "responses":
		return choose(key, value, func(v string) { e.Responses = ResponseSet(v) },
			string(ResponsesAll), string(Responses2XX), string(Responses200), string(ResponsesNone))
	case "gatewayResponses":
		return choose(key, value, func(v string) { e.GatewayResponses = GatewayResponses(v) },
			string(GatewayResponsesAll), string(GatewayResponsesNone))
	case "gatewayOrigin":
		return choose(key, value, func(v string) { e.GatewayOrigin = GatewayOrigin(v) },
			string(GatewayOriginFirst), string(GatewayOriginAny), string(GatewayOriginNone))
	case "blocks":
		return choose(key, value, func(v string) { e.NoCORSObjects = v == "false" }, "true", "false")
	case "addResponseTemplates":
		return choose(key, value, func(v string) { e.AddResponseTemplates = ResponseTemplates(v) },
			string(ResponseTemplatesAuto), string(ResponseTemplatesAlways), string(ResponseTemplatesNever))
	case "anyOptions":
		return choose(key, value, func(v string) { e.AnyOptions = AnyOptions(v) }, string(AnyOptionsAdd), string(AnyOptionsKeep))
	case "optionsRoutes":
		return choose(key, value, func(v string) { e.OptionsRoutes = OptionsRoutes(v) },
			string(OptionsRoutesAdd), string(OptionsRoutesWarn), string(OptionsRoutesOff))
	}
	return &OptionError{Key: key, UnknownKey: true, Accepted: EmitKeys(), Near: finding.NearestOne(key, emitKeys)}
}

func choose(key, value string, set func(string), accepted ...string) error {
	if slices.Contains(accepted, value) {
		set(value)
		return nil
	}
	return &OptionError{Key: key, Value: value, Accepted: accepted}
}

// status returns the status of the preflight.
func (e Emit) status() string {
	if e.Status == 0 {
		return "200"
	}
	return strconv.Itoa(e.Status)
}

// validOptions are the options as the stages take them.
type validOptions struct {
	resolve resolve.Options
	rest    rest.Emit
	routes  httpapi.Routes
	keep    bool
}

// valid returns the options as the stages take them, or what in them was set in Go to
// something that the command line would refuse.
func (o Options) valid() (validOptions, error) {
	_, err := policy.ParseExisting(string(o.Existing))
	if o.API != "" {
		_, unknown := ParseAPI(string(o.API))
		err = errors.Join(err, unknown)
	}
	return validOptions{
		resolve: resolve.Options{API: model.APIType(o.API), Selection: resolve.Selection(o.Selection), Existing: o.Existing, File: o.File, Profile: o.Profile},
		rest:    o.Emit.forREST(),
		routes:  o.Emit.routes(),
		keep:    o.KeepDocument,
	}, errors.Join(o.Emit.validate(), err)
}

func (e Emit) forREST() rest.Emit {
	return rest.Emit{
		Status: e.status(), Has: e.Responses.Has, GatewayResponses: e.GatewayResponses != GatewayResponsesNone,
		GatewayOrigin: map[GatewayOrigin]rest.GatewayOrigin{GatewayOriginAny: rest.AnyOrigin, GatewayOriginNone: rest.NoOrigin}[e.GatewayOrigin],
		Blocks:        !e.NoCORSObjects, KeepAny: e.AnyOptions == AnyOptionsKeep,
		Templates: map[ResponseTemplates]rest.Templates{ResponseTemplatesAlways: rest.AlwaysTemplates, ResponseTemplatesNever: rest.NoTemplates}[e.AddResponseTemplates],
	}
}

func (e Emit) routes() httpapi.Routes {
	return map[OptionsRoutes]httpapi.Routes{OptionsRoutesWarn: httpapi.WarnOfRoutes, OptionsRoutesOff: httpapi.IgnoreRoutes}[e.OptionsRoutes]
}

// validate reports members that were set in Go to something Set would refuse.
func (e Emit) validate() error {
	var errs []error
	check := func(key, value string) {
		if value != "" {
			errs = append(errs, new(Emit).Set(key, value))
		}
	}
	check("status", e.status())
	check("responses", string(e.Responses))
	check("gatewayResponses", string(e.GatewayResponses))
	check("gatewayOrigin", string(e.GatewayOrigin))
	check("addResponseTemplates", string(e.AddResponseTemplates))
	check("anyOptions", string(e.AnyOptions))
	check("optionsRoutes", string(e.OptionsRoutes))
	return errors.Join(errs...)
}
