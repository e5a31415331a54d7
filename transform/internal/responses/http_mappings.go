package responses

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Mapping is a parameter mapping of an integration.
type Mapping struct {
	Key     *source.Node
	Pointer source.Pointer
	Header  string // that it is about
}

// CORSMappings returns the parameter mappings of an HTTP API that are about CORS headers.
// Those of HTTP APIs cannot touch them, and those of REST APIs say nothing there. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
func CORSMappings(d *model.Document) []Mapping {
	var found []Mapping
	for _, r := range d.Resources {
		for _, item := range r.Items {
			for _, m := range item.All() {
				if i := m.Integration; i != nil {
					found = append(found, corsMappings(d, i.Node, i.Pointer)...)
				}
			}
		}
	}
	shared := d.Root.Get("components").Get(extensions.NameIntegrations)
	for _, m := range shared.Members() {
		at := source.Pointer("/components").Child(extensions.NameIntegrations).Child(m.Name())
		found = append(found, corsMappings(d, m.Value, at)...)
	}
	return found
}

func corsMappings(d *model.Document, integration *source.Node, at source.Pointer) []Mapping {
	var found []Mapping
	read := func(mappings *source.Node, at source.Pointer) {
		for _, m := range d.Hidden.Members(mappings) {
			if header, ok := mappedHeader(m.Name()); ok && strings.HasPrefix(strings.ToLower(header), "access-control-") {
				found = append(found, Mapping{m.Key, at.Child(m.Name()), header})
			}
		}
	}
	read(integration.Get("requestParameters"), at.Child("requestParameters"))
	for _, status := range integration.Get("responseParameters").Members() {
		read(status.Value, at.Child("responseParameters").Child(status.Name()))
	}
	for _, entry := range integration.Get("responses").Members() {
		read(d.Hidden.Get(entry.Value, "responseParameters"), at.Child("responses").Child(entry.Name()).Child("responseParameters"))
	}
	return found
}

// mappedHeader returns the header that the target of a mapping is, in the words of
// HTTP or of REST APIs.
func mappedHeader(target string) (name string, ok bool) {
	for _, prefix := range []string{"append:header.", "overwrite:header.", "remove:header.", MethodTarget, extensions.RequestHeaderPrefix} {
		if name, ok = strings.CutPrefix(target, prefix); ok {
			return name, true
		}
	}
	return "", false
}
