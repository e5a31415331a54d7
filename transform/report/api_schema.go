package report

import "github.com/apigw-cors/apigw-cors/transform"

// API is what a document makes API Gateway respond to pages of other origins.
type API struct {
	File      string            `json:"file"`
	APIType   transform.APIType `json:"api"`
	Resources []Resource        `json:"resources"`
	// Configuration is that of an HTTP API: it handles the preflight requests of all routes.
	Configuration []Header `json:"configuration,omitempty"`
	// Gateway are the gateway responses, which API Gateway gives by itself.
	Gateway []GatewayResponse `json:"gatewayResponses,omitempty"`
	// Generated are the members that were generated once for the API.
	Generated []Part `json:"generated,omitempty"`
}

// Resource is one path, and what becomes of its preflights.
type Resource struct {
	Path      string    `json:"path"`
	Preflight Preflight `json:"preflight"`
	Methods   []Method  `json:"methods"`
	// Policy is the x-amazon-apigateway-cors object of the resource, hand-written or generated.
	Policy []Header `json:"policy,omitempty"`
	// Generated are the members of the resource that were generated.
	Generated []Part `json:"generated,omitempty"`
}

// Part is a member of the document.
type Part struct {
	Pointer string `json:"pointer"` // JSON Pointer
	Text    string `json:"-"`       // as it is written, without the indentation that its lines share
}

// Handler is what handles a request.
type Handler string

const (
	ByMock          Handler = "API Gateway"
	ByConfiguration Handler = "the CORS configuration"
	ByBackend       Handler = "the backend"
	ByAuthorizer    Handler = "the authorizer" // which refuses them: they carry no credentials
	ByNothing       Handler = "nobody"
	Unreadable      Handler = "not understood"
)

// Method is one method of a resource.
type Method struct {
	Name      string     `json:"name"`
	Verdict   Verdict    `json:"verdict"`
	Reason    string     `json:"reason,omitempty"` // why it is preflighted
	By        Handler    `json:"by"`
	Responses []Response `json:"answers,omitempty"`
	// Fails is why API Gateway responds with an error of its own, whatever is requested.
	Fails string `json:"fails,omitempty"`
	// Unknown is why nobody can tell whether it does; Responses are likely then.
	Unknown string `json:"unknown,omitempty"`
	// MustSend are the headers that its backend must send, since API Gateway adds none.
	MustSend []Header `json:"mustSend,omitempty"`
}

// Verdict is how a browser requests a method.
type Verdict string

const (
	Simple      Verdict = "simple" // without a preflight
	Preflighted Verdict = "preflighted"
	Never       Verdict = "never" // browsers refuse to send it
)

// Response is a response that API Gateway makes.
type Response struct {
	Status  string   `json:"status"`
	Headers []Header `json:"headers,omitempty"`
}

// GatewayResponse is a gateway response.
type GatewayResponse struct {
	Type    string   `json:"type"`
	Headers []Header `json:"headers,omitempty"`
}

// Header is a CORS header and its value, for people.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Preflight is the response to the preflight requests of a resource.
type Preflight struct {
	By       Handler  `json:"by"`
	Resource string   `json:"resource,omitempty"` // the path of the one whose method responds, where that is another
	Status   string   `json:"status,omitempty"`
	Headers  []Header `json:"headers,omitempty"`
	Refused  string   `json:"refused,omitempty"` // why browsers take the response for a refusal
	Unknown  string   `json:"unknown,omitempty"` // why nobody can tell; the rest is likely then
}
