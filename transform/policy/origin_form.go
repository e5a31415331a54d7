package policy

// OriginForm says what an [Origin] stands for. Its zero value is invalid.
type OriginForm int

const (
	// OriginAny is "*": every origin, also an opaque one.
	OriginAny OriginForm = iota + 1
	// OriginAnyHost is "https://*" or "http://*": every origin of that scheme.
	// See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html.
	OriginAnyHost
	// OriginSubdomains is "https://*.example.com": the origins below a domain,
	// and not the domain itself.
	OriginSubdomains
	// OriginExact is one origin.
	OriginExact
)

// Origin is a well-spelled entry of [Policy.AllowOrigins], in its parts.
type Origin struct {
	Form   OriginForm
	Scheme string // "https"; empty in OriginAny
	Host   string // "app.example.com", "[::1]"; what is below "*." in OriginSubdomains
	Port   string // "8443"; empty for the default port
}

// String returns the spelling that [ParseOrigin] reads.
func (o Origin) String() string {
	host := o.Host
	switch o.Form {
	case OriginAny:
		return "*"
	case OriginAnyHost:
		host = "*"
	case OriginSubdomains:
		host = "*." + host
	}
	if o.Port != "" {
		host += ":" + o.Port
	}
	return o.Scheme + "://" + host
}

// IsFixed reports whether one value of Access-Control-Allow-Origin says the
// origin. Of what a pattern stands for, it has to be the caller's.
func (o Origin) IsFixed() bool { return o.Form == OriginAny || o.Form == OriginExact }

// An originParser builds an origin from what it corrects.
type originParser struct {
	correction
	out Origin
}
