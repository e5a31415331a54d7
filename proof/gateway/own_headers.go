package gateway

import (
	"crypto/rand"
	"encoding/base64"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// errorTypes are what x-amzn-ErrorType says of API Gateway's own errors. Those of
// MISSING_AUTHENTICATION_TOKEN and API_CONFIGURATION_ERROR were recorded by LocalStack's
// test_routing_not_found and TestApiGatewayHeaderRemapping; the others stand in transcripts that
// users published. Of the types that are missing here it is not known.
var errorTypes = map[extensions.GatewayResponseType]string{
	extensions.AccessDenied:                 "AccessDeniedException",
	extensions.APIConfigurationError:        "InternalServerErrorException",
	extensions.AuthorizerConfigurationError: "InternalServerErrorException",
	extensions.BadRequestBody:               "BadRequestException",
	extensions.BadRequestParameters:         "BadRequestException",
	extensions.InvalidAPIKey:                "ForbiddenException",
	extensions.MissingAuthenticationToken:   "MissingAuthenticationTokenException",
	extensions.Throttled:                    "TooManyRequestsException",
	extensions.Unauthorized:                 "UnauthorizedException",
}

// errorHeaders are the headers of an error of API Gateway's own beside those of its gateway response.
func errorHeaders(kind extensions.GatewayResponseType) []Field {
	header := []Field{{contentType, jsonType}}
	if name, ok := errorTypes[kind]; ok {
		header = append(header, Field{"x-amzn-ErrorType", name})
	}
	return header
}

// ids are the headers by which API Gateway names a request, in every response to it.
func (a *API) ids() []Field {
	if a.options.APIType == HTTP {
		return []Field{{"apigw-requestid", identifier()}}
	}
	return []Field{{"x-amzn-RequestId", rand.Text()}, {"x-amz-apigw-id", identifier()}}
}

func identifier() string {
	const bytes = 11
	var random [bytes]byte
	_, _ = rand.Read(random[:]) // never fails
	return base64.StdEncoding.EncodeToString(random[:])
}
