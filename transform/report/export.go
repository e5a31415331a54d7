package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// Export returns the CORS that a document enables, in another form. api is the type of
// API that the document is for; resource chooses one of a REST API, empty where the
// form speaks of the whole API or the document has one. The errors are an [*ExportError],
// a [*transform.PlaceError], about a part of the document that nobody has looked at before,
// and mistakes in the configuration: [*policy.Error].
func Export(form Form, d *transform.Document, api transform.APIType, resource string) (string, error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	text, err := exported(form, read.Whole(), api, resource)
	if broken := broken(read); broken != nil {
		return "", broken
	}
	return text, err
}

func exported(form Form, d *model.Document, api transform.APIType, resource string) (string, error) {
	if form == PlainHeaders || snippets[form] != nil {
		return backendOf(d, form, api, resource)
	}
	if api == transform.HTTP {
		if resource != "" && len(d.Resources) > 1 {
			return "", &ExportError{Message: fmt.Sprintf("resource: %q takes a part of an HTTP API, which has one CORS configuration for all of its routes", resource), Hint: "leave --resource out"}
		}
		c, err := readConfiguration(d)
		if err != nil {
			return "", err
		}
		return exportsOfHTTP[form](c)
	}
	switch form {
	case AWSCLI:
		r, err := chooseResource(d, resource)
		if err != nil {
			return "", err
		}
		return commandsOfREST(r)
	case SAM:
		return samOfREST(d, resource)
	}
	return "", &ExportError{
		Message: fmt.Sprintf("%s has no form for the CORS of a REST API", form),
		Hint:    "import the document itself, which carries it, or use --as aws-cli or --as sam",
	}
}

var exportsOfHTTP = map[Form]func(configuration) (string, error){
	AWSCLI:         updateAPI,
	Terraform:      corsConfigurationBlock,
	CloudFormation: corsConfigurationProperty,
	SAM:            corsConfigurationProperty,
}

// chooseResource returns the resource of a REST API that was named, or the one that
// answers preflights.
func chooseResource(d *model.Document, name string) (*model.Resource, error) {
	answering := answering(d)
	if name != "" {
		return named(d, name, answering)
	}
	switch len(answering) {
	case 0:
		return nil, ErrNoCORS
	case 1:
		return answering[0], nil
	}
	return nil, &ExportError{
		Message: fmt.Sprintf("the commands are those of one resource, and %d answer preflights: %s", len(answering), strings.Join(paths(answering), ", ")),
		Hint:    "name one: --resource " + answering[0].Path,
	}
}

func named(d *model.Document, name string, answering []*model.Resource) (*model.Resource, error) {
	path := model.ResourcePath("/" + strings.TrimLeft(name, "/"))
	if i := slices.IndexFunc(answering, func(r *model.Resource) bool { return r.Path == path }); i >= 0 {
		return answering[i], nil
	}
	e := &ExportError{
		Message: fmt.Sprintf("resource: %q has no mock OPTIONS that could be exported", name),
		Hint:    "name one that has: " + strings.Join(paths(answering), ", "),
	}
	if len(answering) == 0 {
		e.Hint = ErrNoCORS.Hint
	}
	if !slices.ContainsFunc(d.Resources, func(r *model.Resource) bool { return r.Path == path }) {
		e.Message, e.Hint = fmt.Sprintf("resource: %q matches no resource of the document", name), "name one of "+strings.Join(paths(d.Resources), ", ")
		if near := finding.Nearest(path, paths(d.Resources)); near != nil {
			e.Hint = "near names: " + strings.Join(near, ", ")
		}
	}
	return nil, e
}

// answering returns the resources whose preflights a mock answers.
func answering(d *model.Document) []*model.Resource {
	return slices.DeleteFunc(slices.Clone(d.Resources), func(r *model.Resource) bool { return responses.MockOptions(r) == nil })
}

func paths(list []*model.Resource) []string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.Path
	}
	return names
}
