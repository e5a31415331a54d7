package model

import "testing"

// TestSchemes holds what kinds of security schemes are: what a browser sends by itself, and
// what tells who the caller is.
func TestSchemes(t *testing.T) {
	for name, tt := range map[string]struct {
		scheme                    string
		credential, authorization bool
	}{
		"API key":           {"{type: apiKey, in: header, name: X-API-Key}", false, false},
		"key of another":    {"{type: apiKey, in: header, name: X-Token}", false, true},
		"authorized key":    {"{type: apiKey, in: header, name: x-api-key, x-amazon-apigateway-authorizer: {type: token}}", false, true},
		"key with a type":   {"{type: apiKey, in: header, name: x-api-key, x-amazon-apigateway-authtype: custom}", false, false},
		"signed key":        {"{type: apiKey, in: header, name: x-api-key, x-amazon-apigateway-authtype: awsSigv4}", false, true},
		"key in a query":    {"{type: apiKey, in: query, name: key}", false, true},
		"cookie":            {"{type: apiKey, in: cookie, name: session}", true, true},
		"cookie as header":  {"{type: apiKey, in: header, name: Cookie}", true, true},
		"cookie of request": {"{type: apiKey, in: header, name: Unused, x-amazon-apigateway-authorizer: {type: request, identitySource: method.request.header.Cookie}}", true, true},
		"bearer":            {"{type: http, scheme: Bearer}", false, true},
		"basic":             {"{type: http, scheme: basic}", true, true},
		"digest":            {"{type: http, scheme: digest}", true, true},
		"OAuth":             {"{type: oauth2, flows: {}}", false, true},
		"IAM":               {"{type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4}", false, true},
		"unknown":           {"{}", true, true},
	} {
		f, err := Open("a.yaml", []byte("openapi: 3.0.1\ncomponents: {securitySchemes: {s: "+tt.scheme+"}}\npaths: {/a: {get: {security: [{s: []}]}, put: {}}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		d := Read(f.Root, nil)
		methods := d.Resources[0].Methods()
		if got := d.IsCredential("s"); got != tt.credential {
			t.Errorf("%s: a credential: %v", name, got)
		}
		if got := d.NeedsAuthorization(methods[0]); got != tt.authorization {
			t.Errorf("%s: needs authorization: %v", name, got)
		}
		if d.NeedsAuthorization(methods[1]) {
			t.Errorf("%s: a method without security needs authorization", name)
		}
	}
}

// TestKeyOfAuthorizer holds that callers send no API key that their authorizer gives.
func TestKeyOfAuthorizer(t *testing.T) {
	for from, want := range map[string]int{"HEADER": 1, "AUTHORIZER": 0} {
		f, err := Open("a.yaml", []byte("openapi: 3.0.1\nx-amazon-apigateway-api-key-source: "+from+"\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}, other: {type: apiKey, in: header, name: X-Token}}}\npaths: {}\n"))
		if err != nil {
			t.Fatal(err)
		}
		d := Read(f.Root, nil)
		if key, other := d.SchemeHeaders("key"), d.SchemeHeaders("other"); len(key) != want || len(other) != 1 {
			t.Errorf("%s: got %q and %q", from, key, other)
		}
	}
}
