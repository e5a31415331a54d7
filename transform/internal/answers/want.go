package answers

import (
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// PreflightOf returns the headers that the answer to a preflight carries under a
// policy.
func PreflightOf(e policy.Effective) Headers {
	hs := Headers{Fixed(AllowOrigin, e.Origin)}
	if e.Methods != nil {
		hs = append(hs, Fixed(AllowMethods, strings.Join(e.Methods, ",")))
	}
	if e.Headers != nil {
		hs = append(hs, Fixed(AllowHeaders, strings.Join(e.Headers, ",")))
	}
	if e.Credentials {
		hs = append(hs, Fixed(AllowCredentials, "true"))
	}
	if e.MaxAge != nil {
		hs = append(hs, Fixed(MaxAge, strconv.Itoa(*e.MaxAge)))
	}
	return hs
}

// ActualOf returns the headers that the answer of a real method carries under a
// policy, and so does a gateway response.
func ActualOf(e policy.Effective) Headers {
	hs := Headers{Fixed(AllowOrigin, e.Origin)}
	if e.Credentials {
		hs = append(hs, Fixed(AllowCredentials, "true"))
	}
	if len(e.Expose) > 0 {
		hs = append(hs, Fixed(ExposeHeaders, strings.Join(e.Expose, ",")))
	}
	return hs
}
