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
	var mistake *policy.Error
	isMistake := func(err error) bool { return errors.As(err, &mistake) }
	for name, tt := range map[string]struct {
		policy policy.Policy
		is     func(error) bool
		want   string
	}{
		"no origin":                  {policy.Policy{}, func(err error) bool { return errors.Is(err, transform.ErrNoOrigin) }, "no origin is allowed"},
		"a slip":                     {policy.Policy{AllowOrigins: policy.Literal([]string{"https://a.example/"})}, isMistake, "ends with a slash"},
		"an expression among others": {policy.Policy{AllowOrigins: policy.Literal([]string{"https://a.example", "${b}"})}, isMistake, "is an expression"},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := transform.Enable(doc, tt.policy, transform.Options{})
			if res != nil || err == nil || !tt.is(err) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}
