package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var preflightStatus = &Rule{
	ID:       "preflight-status",
	Title:    "a mock OPTIONS answers with another status than 200 to 299",
	Doc:      "A browser takes a preflight for refused unless its answer has a status from 200 to 299.",
	URL:      "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    strings.ReplaceAll(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`), `"200"`, `"403"`),
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findPreflightStatus,
}

func findPreflightStatus(d *View) (found []Finding) {
	for _, m := range d.mocks() {
		isKnown := m.Fails == "" && m.Unknown == ""
		if m.method.Name == "OPTIONS" && isKnown && (m.Status < 200 || m.Status > 299) {
			found = append(found, Finding{
				At:      ofEntry(m.Entry),
				Message: fmt.Sprintf("%s answers %q, and a preflight passes with 200 to 299 only", what(m.method), strconv.Itoa(m.Status)),
				Hint:    "answer 200 or 204",
			})
		}
	}
	return found
}
