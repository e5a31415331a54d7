package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var validatorUndefined = &Rule{
	ID:    "validator-undefined",
	Title: "a request validator is not defined",
	Doc: "x-amazon-apigateway-request-validator is the name of a member of x-amazon-apigateway-request-validators " +
		"at the root. The import fails with a name that is not defined there: Invalid Request Validator " +
		"identifier specified.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validator.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	Fails:       "x-amazon-apigateway-request-validators: {body: {validateRequestBody: true}}\nx-amazon-apigateway-request-validator: all\n" + proxied,
	Passes:      "x-amazon-apigateway-request-validators: {body: {validateRequestBody: true}}\nx-amazon-apigateway-request-validator: body\n" + proxied,
	find:        findValidatorUndefined,
}

func findValidatorUndefined(d *View) []Finding {
	defined := d.Root.Get(extensions.NameRequestValidators)
	if model.Closed(defined) != "" && !defined.IsNull() {
		return nil
	}
	const name = extensions.NameRequestValidator
	found := undefinedValidator(defined, d.Root.Get(name), source.Pointer("").Child(name))
	for _, m := range methods(d) {
		found = append(found, undefinedValidator(defined, m.Node.Get(name), m.Pointer.Child(name))...)
	}
	return found
}

// undefinedValidator reports a name that is not among those that are defined.
func undefinedValidator(defined, name *source.Node, at source.Pointer) []Finding {
	if !name.IsString() || model.Intrinsic(name) || model.MayHavePlaceholder(name.Text()) || defined.Get(name.Text()) != nil {
		return nil
	}
	var known []string
	for _, m := range defined.Members() {
		known = append(known, m.Name())
	}
	hint := "define it in " + extensions.NameRequestValidators
	if len(known) > 0 {
		hint += ", or write one of " + strings.Join(known, ", ")
	}
	if near := finding.NearestOne(name.Text(), known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return []Finding{{At: At(name, at), Message: fmt.Sprintf("the request validator %q is not defined, so the import fails", name.Text()), Hint: hint}}
}
