package transform_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

func TestPoliciesThatCannotBeWritten(t *testing.T) {
	doc, err := transform.Parse("zoo.yaml", []byte(zoo))
	if err != nil {
		t.Fatal(err)
	}
	one := policy.Literal([]string{"https://app.example.com"})
	var (
		origins *transform.OriginsError
		raw     *transform.RawError
	)
	for name, tt := range map[string]struct {
		policy policy.Policy
		is     func(error) bool
		want   string
	}{
		"no origin":     {policy.Policy{}, func(err error) bool { return errors.Is(err, transform.ErrNoOrigin) }, "no origin is allowed"},
		"two origins":   {policy.Policy{AllowOrigins: policy.Literal([]string{"https://a.example", "https://b.example"})}, func(err error) bool { return errors.As(err, &origins) }, `and not "https://a.example", "https://b.example"`},
		"a wildcard":    {policy.Policy{AllowOrigins: policy.Literal([]string{"https://*.a.example"})}, func(err error) bool { return errors.As(err, &origins) }, `and not "https://*.a.example"`},
		"a raw origin":  {policy.Policy{AllowOrigins: policy.Raw[[]string]("stageVariables.origin")}, func(err error) bool { return errors.As(err, &raw) }, `allowOrigins: "stageVariables.origin" is a raw expression`},
		"a raw max age": {policy.Policy{AllowOrigins: one, MaxAge: policy.Raw[int]("${age}")}, func(err error) bool { return errors.As(err, &raw) }, `maxAge: "${age}" is a raw expression`},
		"raw methods":   {policy.Policy{AllowOrigins: one, AllowMethods: policy.Raw[[]string]("${m}")}, func(err error) bool { return errors.As(err, &raw) }, `allowMethods: "${m}" is a raw expression`},
		"a slip":        {policy.Policy{AllowOrigins: policy.Literal([]string{"https://a.example/"})}, func(err error) bool { return !errors.As(err, &raw) }, "ends with a slash"},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := transform.Enable(doc, tt.policy, transform.Options{})
			if res != nil || err == nil || !tt.is(err) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}
