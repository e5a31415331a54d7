package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestListsAreJoinedEntryByEntry holds that blanks between the names of a list are no part of them.
func TestListsAreJoinedEntryByEntry(t *testing.T) {
	if diff := cmp.Diff(`"'GET,PUT,POST'"`, union(`"'GET, PUT'"`, `"'put , POST'"`)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
