package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// MethodsLeftOut returns findings about methods of a resource that no page can call, because the
// preflight that is generated for it does not allow them: allowMethods of the policy leaves them
// out, or they are not selected.
func MethodsLeftOut(e derive.Effective, r *model.Resource) []rules.Finding {
	have, known := listed(responses.AllowMethods, e.AllowMethods)
	if !known {
		return nil
	}
	credentials, _ := e.AllowCredentials.Literal()
	lacks := responses.MissingMethods(have, derive.NeededMethods(r), credentials)
	var found []rules.Finding
	for _, m := range r.Methods() {
		if slices.Contains(lacks, m.Name) {
			found = append(found, rules.Finding{
				Rule: rules.PolicyLacksMethod, At: rules.At(m.Key, m.Pointer),
				Message: fmt.Sprintf("the preflight of %s %s is refused: the policy allows %s", m.Name, m.Path, said(have)),
				Hint:    "add it to --allow-methods or --method, or leave these out",
			})
		}
	}
	return found
}

// HeadersLeftOut returns findings about selected methods of a resource that no page can call as
// they ask for it, because the policy lists the headers that may be sent and leaves out one that
// they require.
func HeadersLeftOut(d *model.Document, e derive.Effective, r *model.Resource, selected []*model.Method) []rules.Finding {
	have, known := listed(responses.AllowHeaders, e.AllowHeaders)
	if !known {
		return nil
	}
	credentials, _ := e.AllowCredentials.Literal()
	is := map[*model.Method]bool{}
	for _, m := range selected {
		is[m] = true
	}
	var found []rules.Finding
	for _, item := range r.Items {
		for _, m := range item.Methods {
			missing := responses.Missing(have, responses.AllowHeaders, derive.RequiredHeaders(d, item, m), credentials)
			if is[m] && len(missing) > 0 {
				found = append(found, rules.Finding{
					Rule: rules.PolicyLacksHeader, At: rules.At(m.Key, m.Pointer),
					Message: fmt.Sprintf("%s %s requires %s, which allowHeaders of the policy leaves out", m.Name, m.Path, strings.Join(missing, ", ")),
					Hint:    "add it with --add-header, or leave allowHeaders out, so that it is derived",
				})
			}
		}
	}
	return found
}

// listed returns a list of a policy as the header that it becomes, and false where only a
// deployment tells what it says.
func listed(header string, value policy.Value[[]string]) (responses.Headers, bool) {
	names, isList := value.Literal()
	if !isList && value.Kind() != policy.KindNone {
		return nil, false
	}
	return responses.Headers{responses.Fixed(header, strings.Join(names, ","))}, true
}

// said returns the value of the one header for a message.
func said(have responses.Headers) string {
	if have[0].Say() == "" {
		return "no method"
	}
	return have[0].Say()
}
