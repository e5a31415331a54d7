package gateway

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/velocity"
)

// render renders a template of the integration. The text of most templates makes no difference to
// CORS, so that where nothing but the text depends on it (behaviourTextHolds), a template that cannot be
// rendered here is passed over.
func (c *call) render(template extensions.String, at, body string, textMatters bool) (velocity.Output, *Response) {
	text, ok := template.Text()
	mayOverride := strings.Contains(template.String(), "verride") // $context.responseOverride, however it is written
	if !ok && !mayOverride && !textMatters {
		c.step(behaviourTextHolds, at, "the template is known only when the document is deployed")
		return velocity.Output{}, nil
	}
	if reason := reasonOfString(template); !ok && reason == ReasonUnreadable {
		return velocity.Output{}, c.cannotTell(unknown(reason, at, "the template is no text: %s", shortened(template.String())))
	} else if !ok {
		return velocity.Output{}, c.cannotTell(unknown(reason, at, "the template is known only when the document is deployed"))
	}
	if u := c.unknownVariable(text, at); u != nil && (mayOverride || textMatters) {
		return velocity.Output{}, c.cannotTell(u)
	}
	if strings.Contains(text, "$input.params") {
		c.step(behaviourMissingIsNull, at, "what is missing is %s", map[bool]string{true: "an empty text", false: "null"}[c.req.MissingIsEmpty])
	}
	if strings.ContainsAny(text, "$#") {
		c.step(behaviourTemplateEngine, at, "it has directives or references")
	}
	out, err := c.velocity(text, body)
	var known *velocity.Error
	switch {
	case err == nil:
		return out, nil
	case errors.As(err, &known) && known.OverriddenTwice:
		c.step(BehaviourOverrideTwice, at, "%s", asMessage(err))
		return out, c.refuse(extensions.APIConfigurationError, "Internal server error")
	case !mayOverride && !textMatters:
		c.step(behaviourTextHolds, at, "%s", asMessage(err))
		return velocity.Output{}, nil
	}
	return out, c.cannotTell(unknown(ReasonTemplate, at, "the template cannot be rendered: %s", asMessage(err)))
}

// velocity renders a text with what a template can look at.
func (c *call) velocity(text, body string) (velocity.Output, error) {
	c.varies = c.varies || strings.Contains(text, "$")
	parsed, err := velocity.Parse(text)
	if err != nil {
		return velocity.Output{}, err
	}
	return parsed.Render(velocity.Input{
		Header: converted[velocity.Field](c.req.Header), Query: converted[velocity.Field](c.req.Query), Path: converted[velocity.Field](c.path), Body: body,
		StageVariables: c.api.options.StageVariables, Context: c.variables(), MissingIsEmpty: c.req.MissingIsEmpty,
	})
}

func asMessage(err error) string {
	var known *velocity.Error
	if errors.As(err, &known) {
		return "line " + strconv.Itoa(known.Line) + " of it: " + known.Message
	}
	return err.Error()
}

// variables are those of the context, as far as they are known of a request. Of some any value
// will do: no response to a page goes by them.
func (c *call) variables() map[string]string {
	known := map[string]string{"httpMethod": c.req.Method, "path": c.req.Path}
	for _, name := range []string{
		"accountId", "apiId", "domainName", "domainPrefix", "extendedRequestId", "identity.sourceIp", "identity.userAgent", "protocol",
		"requestId", "requestTime", "requestTimeEpoch", "resourceId", "stage",
	} {
		known[name] = "example"
	}
	if c.method != nil {
		known["resourcePath"] = c.method.resource.path
	}
	return known
}

var (
	stageVariable   = regexp.MustCompile(`\$!?\{?stageVariables(?:\.get\(\s*["']|\[\s*["']|\.)(\w+)`)
	contextVariable = regexp.MustCompile(`\$!?\{?context\.(\w+(?:\.\w+)*)`)
)

// unknownVariable tells of which variable in a template the value is not known.
func (c *call) unknownVariable(text, at string) *Unknown {
	for _, m := range stageVariable.FindAllStringSubmatch(text, -1) {
		if _, ok := c.api.options.StageVariables[m[1]]; !ok {
			return unknown(ReasonStageVariable, at, "the value of the stage variable %s is not known: give it with --stage-variable %[1]s=VALUE", m[1])
		}
	}
	known := c.variables()
	for _, m := range contextVariable.FindAllStringSubmatch(text, -1) {
		if _, ok := known[m[1]]; !ok && !strings.HasPrefix(m[1], "responseOverride.") && !strings.HasPrefix(m[1], "requestOverride.") {
			return unknown(ReasonTemplate, at, "the value of $context.%s is not known", m[1])
		}
	}
	return nil
}

// converted are fields as another package has them.
func converted[To, From ~struct{ Name, Value string }](fields []From) []To {
	list := make([]To, len(fields))
	for i, f := range fields {
		list[i] = To(f)
	}
	return list
}
