package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var extensionUnknown = &Rule{
	ID:    "extension-unknown",
	Title: "an extension of API Gateway is unknown, or in the wrong place",
	Doc: "The import passes over extensions that it does not know, and over those that are elsewhere than it " +
		"looks for them, without a word: what they specify has no effect.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html",
	Severity: finding.Warning,
	Fails: `x-amazon-apigateway-gateway-response: {}
paths: {}
`,
	Passes: `x-amazon-apigateway-gateway-responses: {}
paths: {}
`,
	find: findExtensionUnknown,
}

// extensionPlace is a kind of object that has extensions.
type extensionPlace string

const (
	ofRoot       extensionPlace = "the root of the document"
	ofPathItem   extensionPlace = "a path item"
	ofOperation  extensionPlace = "a method"
	ofScheme     extensionPlace = "a security scheme"
	ofComponents extensionPlace = "components"
	ofServer     extensionPlace = "a server"
)

// extensionPlaces are the extensions that there are, by where the import looks for them. A
// path item has a CORS object as a record of what was enabled. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
var extensionPlaces = map[string][]extensionPlace{
	extensions.NameAnyMethod:                   {ofPathItem},
	extensions.NameAPIKeySource:                {ofRoot},
	extensions.NameAuth:                        {ofOperation},
	extensions.NameAuthorizer:                  {ofScheme},
	extensions.NameAuthtype:                    {ofScheme},
	extensions.NameBinaryMediaTypes:            {ofRoot},
	extensions.NameCORS:                        {ofRoot, ofPathItem},
	extensions.NameDocumentation:               {ofRoot},
	extensions.NameEndpointConfiguration:       {ofRoot, ofServer},
	extensions.NameGatewayResponses:            {ofRoot},
	extensions.NameImportExportVersion:         {ofRoot},
	extensions.NameIntegration:                 {ofOperation},
	extensions.NameIntegrations:                {ofComponents},
	extensions.NameMinimumCompressionSize:      {ofRoot},
	extensions.NamePolicy:                      {ofRoot},
	extensions.NameRequestValidator:            {ofRoot, ofOperation},
	extensions.NameRequestValidators:           {ofRoot},
	"x-amazon-apigateway-endpoint-access-mode": {ofRoot},
	"x-amazon-apigateway-security-policy":      {ofRoot},
	"x-amazon-apigateway-tag-value":            {},
}

func findExtensionUnknown(d *View) []Finding {
	root := source.Pointer("")
	found := misplacedExtensions(ofRoot, d.Root, root)
	found = append(found, misplacedExtensions(ofComponents, d.Root.Get("components"), root.Child("components"))...)
	for i, server := range d.Root.Get("servers").Items() {
		found = append(found, misplacedExtensions(ofServer, server, root.Child("servers", strconv.Itoa(i)))...)
	}
	for _, m := range d.Root.At(d.SchemesPointer()).Members() {
		found = append(found, misplacedExtensions(ofScheme, m.Value, d.SchemesPointer().Child(m.Name()))...)
	}
	for _, item := range items(d) {
		found = append(found, misplacedExtensions(ofPathItem, item.Node, item.Pointer)...)
	}
	for _, m := range methods(d) {
		found = append(found, misplacedExtensions(ofOperation, m.Node, m.Pointer)...)
	}
	return found
}

// misplacedExtensions reports the extensions of an object for which the import does not look there.
func misplacedExtensions(place extensionPlace, n *source.Node, at source.Pointer) (found []Finding) {
	if n == nil || n.Alias != "" {
		return nil // it is read where it is written
	}
	for _, m := range n.Members() {
		name := m.Name()
		places, known := extensionPlaces[name]
		switch {
		case !isOfGateway(name), strings.EqualFold(name, extensions.NameAnyMethod), slices.Contains(places, place):
		case known && len(places) == 0:
		case known:
			found = append(found, Finding{
				At:      At(m.Key, at.Child(name)),
				Message: fmt.Sprintf("%s has no effect on %s", name, place),
				Hint:    moved(name, place, places[0]),
			})
		default:
			found = append(found, Finding{
				At:      At(m.Key, at.Child(name)),
				Message: fmt.Sprintf("%q is not an extension of API Gateway, so an import passes over it", name),
				Hint:    meant(name, place),
			})
		}
	}
	return found
}

// isOfGateway reports whether a name looks like that of an extension of API Gateway.
func isOfGateway(name string) bool {
	if !strings.HasPrefix(name, "x") && !strings.HasPrefix(name, "X") {
		return false
	}
	return strings.HasPrefix(withoutHyphens.Replace(strings.ToLower(name)), "xamazonapigateway")
}

var withoutHyphens = strings.NewReplacer("-", "", "_", "")

// moved is what to do about an extension in the wrong place. One that is called like it but
// for an ending was probably meant: integrations, and integration.
func moved(name string, place, right extensionPlace) string {
	for _, other := range extensionsOf(place) {
		if strings.HasPrefix(name, other) || strings.HasPrefix(other, name) {
			return fmt.Sprintf("did you mean %s?", other)
		}
	}
	return "move it to " + string(right)
}

// meant is what to do about an unknown extension. One that its name begins was probably
// meant, or one that differs from it by a few letters.
func meant(name string, place extensionPlace) string {
	name = strings.Replace(name, "api-gateway", "apigateway", 1)
	known := extensionsOf(place)
	near := finding.NearestOne(name, known)
	if i := slices.IndexFunc(known, func(other string) bool { return other == name || strings.HasPrefix(other, name+"-") }); i >= 0 {
		near = known[i]
	}
	if near == "" {
		return "see the list of extensions in the developer guide, or remove it"
	}
	return fmt.Sprintf("did you mean %s?", near)
}

// extensionsOf returns the extensions that the import looks for in a place, sorted.
func extensionsOf(place extensionPlace) (names []string) {
	for name, places := range extensionPlaces {
		if slices.Contains(places, place) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
