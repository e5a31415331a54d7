package proof

import (
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// TestRemedies holds that there is something to do about everything that is refused or
// unproved, and that the behaviours that have a remedy are among those of the package.
func TestRemedies(t *testing.T) {
	for b := range brokenRemedies {
		if !slices.Contains(gateway.Behaviours(), b) {
			t.Errorf("%s is not listed among the behaviours", b.ID)
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
