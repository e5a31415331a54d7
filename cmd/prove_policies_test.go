package cmd_test

import (
	"strings"
	"testing"
)

// TestProvedPoliciesOfADeployment holds that an origin which only a deployment gives is no origin of
// a page, in whichever form the document has intrinsic functions, and with blocks or without.
func TestProvedPoliciesOfADeployment(t *testing.T) {
	for _, more := range []string{"", "x-description: !Sub 'a'\n"} {
		for _, args := range [][]string{nil, {"--set=blocks=false"}} {
			r := runHere(inAPI(proxied)+more, append(append([]string{"enable", "--prove", "--api=rest", `--allow-origin={"Ref": "Origin"}`}, args...), "-")...)
			if r.code != 1 || !strings.Contains(r.stderr, "PUT /a is not proved: ") || !strings.Contains(r.stderr, "(intrinsic)") {
				t.Errorf("%q %v: exits with %d and says\n%s", more, args, r.code, r.stderr)
			}
		}
	}
}
