package responses_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// TestValidatorsRefuseWhatPreflightsLack holds what a request validator finds missing in a
// preflight request.
func TestValidatorsRefuseWhatPreflightsLack(t *testing.T) {
	const validators = "x-amazon-apigateway-request-validators: {parameters: {validateRequestParameters: true}, body: {validateRequestBody: true}, all: {validateRequestParameters: true, validateRequestBody: true}, off: {}, open: !Ref V}\n"
	const all, tenant = "x-amazon-apigateway-request-validator: all", "parameters: [{name: X-Tenant, in: header, required: true}, {name: Origin, in: header, required: true}]"
	const schema = "requestBody: {content: {application/json: {schema: {}}}}"
	headers := responses.MissingOfPreflights{Headers: []string{"X-Tenant"}}
	for _, tt := range []struct {
		root, item, options string
		want                responses.MissingOfPreflights
	}{
		{root: all, item: tenant, want: headers},
		{root: all, options: tenant, want: headers},
		{root: all, item: tenant, options: "parameters: [{name: X-Tenant, in: header}]"},
		{root: all, item: tenant, options: "parameters: [{name: x-tenant, in: header}]"},
		{root: all, item: tenant, options: "parameters: [{name: X-Tenant, in: query}]", want: headers},
		{root: all, options: "parameters: [{name: X-Tenant, in: header}, {name: q, in: query, required: true}]"},
		{item: tenant},
		{item: tenant, options: "x-amazon-apigateway-request-validator: parameters", want: headers},
		{item: tenant, options: "x-amazon-apigateway-request-validator: body"},
		{root: all, item: tenant, options: "x-amazon-apigateway-request-validator: off"},
		{root: all, item: tenant, options: "x-amazon-apigateway-request-validator: unknown"},
		{root: all, options: schema, want: responses.MissingOfPreflights{Body: true}},
		{root: all, options: "requestBody: {$ref: '#/components/requestBodies/B'}", want: responses.MissingOfPreflights{Body: true}},
		{root: all, options: "parameters: [{name: b, in: body, schema: {}}]", want: responses.MissingOfPreflights{Body: true}},
		{root: all, options: "requestBody: {content: {application/json: {}, text/plain: {schema: {}}}}"},
		{root: all, options: "consumes: [text/plain], parameters: [{name: b, in: body, schema: {}}]"},
		{root: all, options: "consumes: [text/plain, application/json], parameters: [{name: b, in: body, schema: {}}]", want: responses.MissingOfPreflights{Body: true}},
		{options: schema + ", x-amazon-apigateway-request-validator: parameters"},
		{root: all, item: tenant, options: "x-amazon-apigateway-request-validator: open", want: responses.MissingOfPreflights{Unknown: "its request validator is !Ref V"}},
		{options: "x-amazon-apigateway-request-validator: !Ref V", want: responses.MissingOfPreflights{Unknown: "its request validator is !Ref V"}},
	} {
		if tt.item != "" {
			tt.item += ", "
		}
		d := opened(t, validators+"components: {requestBodies: {B: {content: {application/json: {schema: {}}}}}}\n"+tt.root, "/a: {"+tt.item+"options: {"+tt.options+"}}")
		item := d.Resources[0].Items[0]
		if diff := cmp.Diff(tt.want, responses.ValidatePreflights(d, item, item.Options)); diff != "" {
			t.Errorf("%s, %s, %s (-want +got):\n%s", tt.root, tt.item, tt.options, diff)
		}
	}
}
