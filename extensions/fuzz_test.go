package extensions_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// FuzzRoundTripIsStable holds, for every type: what decodes also encodes, to JSON
// that says the same; that decodes again and encodes to the same bytes; Validate
// does not panic, and finds the same before and after.
func FuzzRoundTripIsStable(f *testing.F) {
	for _, seed := range []string{
		sampleOpenAPI, sampleSwagger, `null`, `[]`, `{}`, `"all"`, `["*/*",1.0,{"Ref":"A"}]`,
		`{"type":"mock","responses":{"default":{"statusCode":200,"x":"<&>"},"4\\d{2}":{"Fn::If":[]}},"payloadFormatVersion":1.0}`,
		`{"type":"","responses":{"default":null},"tlsConfig":{"insecureSkipVerification":"true"},"requestParameters":{"a":true}}`,
		`{"allowOrigins":["*","'a'"],"allow_methods":"GET","maxAge":-0,"allowCredentials":true}`,
		`{"DEFAULT_4XX":{"responseParameters":{"gatewayresponse.header.method.response.header.A":"'*''"}}}`,
		`{"all":{"validateRequestBody":true,"validateRequestParameters":null}}`,
		`{"type":"jwt","identitySource":"method.request.header.A,,$request.header.","jwtConfiguration":{"audience":[null]}}`,
		"{\"uri\":\"\xff\",\"\xff\":\"\u2028\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		roundTrip[extensions.String](t, data)
		roundTrip[extensions.Integration](t, data)
		roundTrip[extensions.Integrations](t, data)
		roundTrip[extensions.IntegrationResponse](t, data)
		roundTrip[extensions.CORS](t, data)
		roundTrip[extensions.GatewayResponses](t, data)
		roundTrip[extensions.BinaryMediaTypes](t, data)
		roundTrip[extensions.RequestValidator](t, data)
		roundTrip[extensions.RequestValidators](t, data)
		roundTrip[extensions.Auth](t, data)
		roundTrip[extensions.Authorizer](t, data)
	})
}

func roundTrip[T any](t *testing.T, data []byte) {
	first, _, err := extensions.Get[T](map[string]any{"x": json.RawMessage(data)}, "x")
	if err != nil {
		return
	}
	once, err := json.Marshal(first)
	if err != nil {
		t.Fatalf("%T decodes from %q and does not encode: %v", first, data, err)
	}
	if !bytes.Contains(data, []byte("-0")) && !reflect.DeepEqual(meaning(t, data), meaning(t, once)) {
		t.Fatalf("%T of %s encodes as %s", first, data, once)
	}
	var second T
	if err := json.Unmarshal(once, &second); err != nil {
		t.Fatalf("%T does not decode from its own %s: %v", first, once, err)
	}
	twice, err := json.Marshal(second)
	if err != nil || !bytes.Equal(once, twice) {
		t.Fatalf("%T encodes as %s, then as %s (%v)", first, once, twice, err)
	}
	if before, after := mistakes(first), mistakes(second); before != after {
		t.Fatalf("%T had the mistakes %d, then %d", first, before, after)
	}
}

func mistakes(value any) (count int) {
	if value, ok := value.(validator); ok {
		for range extensions.All(value.Validate()) {
			count++
		}
	}
	return count
}

// meaning returns JSON text without its layout; numbers keep their spelling.
func meaning(t *testing.T, text []byte) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
