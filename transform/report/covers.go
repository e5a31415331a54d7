package report

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const star = "*"

// originsWithout returns the origins of a list that another one does not allow.
func originsWithout(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool {
		return slices.ContainsFunc(other, func(o string) bool { return allowsAll(o, name) })
	})
}

// allowsAll reports whether an allowed origin, or a pattern, allows all that another does.
func allowsAll(allowed, origin string) bool {
	if allowed == origin || allowed == star {
		return true
	}
	a, errA := policy.ParseOrigin(allowed)
	b, errB := policy.ParseOrigin(origin)
	if errA != nil || errB != nil || a.Scheme != b.Scheme {
		return false
	}
	switch {
	case a.Form == policy.OriginAnyHost:
		return true
	case a.Form == policy.OriginSubdomains && b.Form == policy.OriginExact && a.Port == b.Port:
		label, isBelow := strings.CutSuffix(b.Host, "."+a.Host)
		return isBelow && !strings.Contains(label, ".")
	}
	return false
}

// namesWithout returns the names of a list that another one does not allow. Methods are
// compared letter by letter, as browsers do.
func namesWithout(list, other []string, credentials bool) []string {
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool {
		return slices.Contains(other, name) || responses.StarCovers(other, name, credentials)
	})
}
