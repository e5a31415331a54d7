package gateway

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// isBinary reports whether a media type is one of the binary ones.
func (a *API) isBinary(media string) bool {
	return slices.ContainsFunc(a.binary, func(b string) bool { return b == "*/*" || strings.EqualFold(b, media) })
}

// convert answers a request where the payload of a backend cannot be converted to bytes. It is decoded
// where its integration response says so, or says nothing and the request accepts a binary media
// type that the payload is not of.
func (c *call) convert(chosen selected, reply Reply) *Response {
	accepted, _, _ := strings.Cut(c.header("Accept"), ",")
	isAsked := chosen.ContentHandling.Is(extensions.ConvertToBinary)
	isAccepted := chosen.ContentHandling == "" && c.api.isBinary(mediaType(accepted)) && !c.api.isBinary(mediaType(Request{Header: reply.Header}.header(contentType)))
	switch {
	case isAsked && len(chosen.ResponseTemplates) > 0:
		c.step(BehaviourConversion, chosen.at, "its contentHandling is CONVERT_TO_BINARY, and it has a template")
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	case !isAsked && !isAccepted, len(chosen.ResponseTemplates) > 0:
		return nil
	case isAsked && c.method.integration.Type.IsMock():
		return c.cannotTell(unknown(ReasonAmbiguous, chosen.at, "its contentHandling is CONVERT_TO_BINARY, and what becomes of an empty body then is not recorded"))
	case c.method.integration.Type.IsMock():
		return nil
	case c.stubbed:
		c.step(behaviourPayloadHolds, chosen.at, "the payload is to be decoded")
		return nil
	}
	if _, err := base64.StdEncoding.DecodeString(reply.Body); err != nil {
		c.step(BehaviourConversion, chosen.at, "the payload is to be decoded, and is not Base64")
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	}
	return nil
}
