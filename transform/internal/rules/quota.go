package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Quotas of API Gateway, see
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
const (
	mostResources   = 300     // of a REST API, routes of an HTTP API
	longestPolicy   = 8192    // characters
	largestTemplate = 300_000 // bytes
)

var overQuota = &Rule{
	ID:    "quota",
	Title: "something exceeds a quota of API Gateway",
	Doc: "A REST API has 300 resources at most and an HTTP API 300 routes, unless AWS has raised that for the " +
		"account. A resource policy has 8192 characters, a mapping template 300 KB.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
	Severity: finding.Warning,
	find:     findQuota,
}

func findQuota(d *View) []Finding {
	return slices.Concat(tooMany(d), tooLong(d))
}

// tooMany reports more resources, or routes, than an API may have.
func tooMany(d *View) []Finding {
	count, things := countResources(d), "resources"
	if d.API == model.HTTP {
		count, things = countMethods(d), "routes"
	}
	if count <= mostResources || !hasIntegrations(d) {
		return nil
	}
	return []Finding{{
		At:      At(d.Root.Get("paths"), model.Base),
		Message: fmt.Sprintf("the document has %d %s, and API Gateway takes %d", count, things, mostResources),
		Hint:    "ask AWS to raise the quota, or divide the API",
	}}
}

// tooLong reports a resource policy and templates that are longer than they may be.
func tooLong(d *View) (found []Finding) {
	if n := d.Root.Get(extensions.NamePolicy); policyLength(n) > longestPolicy {
		found = append(found, Finding{
			At:      At(n, source.Pointer("").Child(extensions.NamePolicy)),
			Message: fmt.Sprintf("the resource policy has more than %d characters", longestPolicy),
			Hint:    "shorten it",
		})
	}
	for _, t := range d.templates() {
		if len(t.text) > largestTemplate {
			found = append(found, Finding{
				At:      t.at,
				Message: fmt.Sprintf("%s has a template of more than %d bytes", what(t.method), largestTemplate),
				Hint:    "shorten it",
			})
		}
	}
	return found
}

func countMethods(d *View) (count int) {
	for range methods(d) {
		count++
	}
	return count
}

// countResources counts those that API Gateway makes below the root: also what stands above
// a path.
func countResources(d *View) int {
	made := map[string]bool{}
	for _, r := range d.Resources {
		for path := r.Path; path != "" && path != "/" && !made[path]; path = path[:strings.LastIndexByte(path, '/')] {
			made[path] = true
		}
	}
	return len(made)
}

// policyLength is the number of characters of a resource policy, which may be written as
// an object.
func policyLength(n *source.Node) int {
	switch {
	case n == nil:
		return 0
	case n.Kind == source.Scalar:
		return utf8.RuneCountInString(n.Text())
	}
	text, _ := model.JSON(n)
	return utf8.RuneCountInString(text)
}
