package cmd

import (
	"slices"
	"testing"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// TestEachMemberHasAFlagWithItsUsage holds that a policy can be given by flags as well as by a
// file, and that help tells of each flag.
func TestEachMemberHasAFlagWithItsUsage(t *testing.T) {
	var f policyFlags
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	f.bind(flags)
	for m := range policy.Members() {
		if flag := flags.Lookup(m.Flag); flag == nil || flag.Usage == "" {
			t.Errorf("%s has no flag with a usage: %+v", m.Name, flag)
		}
	}
	if members := slices.Collect(policy.Members()); len(usages) != len(members) {
		t.Errorf("%d usages for %d members", len(usages), len(members))
	}
}
