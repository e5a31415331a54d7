package proof

import (
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// TestRemedies holds that there is something to do about everything that is refused or
// unproved, and that the behaviours by which it is chosen are behaviours.
func TestRemedies(t *testing.T) {
	var ids []string
	for _, r := range gateway.Behaviours() {
		ids = append(ids, r.ID)
	}
	explained := []string{
		"route-missing", "http-route-missing", "authorizer", "authorizer-denies", "iam", "api-key", "http-authorizer", "http-header-refused", "resource-policy-denies", "proxy",
		"gateway-response", "http-refused", "http-cors", "stub", "remapped", "unsupported-media-type",
	}
	for id := range brokenRemedies {
		explained = append(explained, id)
	}
	for _, id := range explained {
		if !slices.Contains(ids, id) {
			t.Errorf("%s is no behaviour of package gateway", id)
		}
	}
	for _, reason := range gateway.Reasons() {
		if unknownRemedies[reason] == "" {
			t.Errorf("nothing is said of what to do about %s", reason)
		}
	}
	if len(unknownRemedies) != len(gateway.Reasons()) {
		t.Errorf("there are remedies for %d reasons, and %d reasons", len(unknownRemedies), len(gateway.Reasons()))
	}
}
