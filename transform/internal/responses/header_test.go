package responses

import "testing"

// TestAHeaderHasTheValueThatBrowsersRead holds that blanks around a fixed value are no part of it,
// and that nothing else is taken for a fixed value.
func TestAHeaderHasTheValueThatBrowsersRead(t *testing.T) {
	for mapping, want := range map[string]string{
		"'true'": "true", "' true'": "true", "'true\t '": "true", "'GET, PUT'": "GET, PUT", "' '": "",
		"stageVariables.x": "", "true": "", "": "",
	} {
		if got := (Headers{{Name: AllowCredentials, Mapping: mapping}}).Value(AllowCredentials); got != want {
			t.Errorf("%q: got %q, want %q", mapping, got, want)
		}
	}
}

// TestOnlyTrueAllowsCredentials holds which values of the header allow credentials.
func TestOnlyTrueAllowsCredentials(t *testing.T) {
	for mapping, want := range map[string]bool{
		"'true'": true, "'true '": true, "'True'": false, "'false'": false, "true": false, "'true,true'": false,
	} {
		if got := (Headers{{Name: "access-control-allow-credentials", Mapping: mapping}}).Credentials(); got != want {
			t.Errorf("%q: got %t, want %t", mapping, got, want)
		}
	}
	if (Headers{}).Credentials() {
		t.Error("no header allows credentials")
	}
}

// TestAResponseVariesWithOrigin holds for which values of Vary a cache keeps the responses to
// different origins apart.
func TestAResponseVariesWithOrigin(t *testing.T) {
	for mapping, want := range map[string]bool{
		"'Origin'": true, "'Accept,origin'": true, "'Accept, Origin '": true, "'*'": true, "' * '": true,
		"'Accept'": false, "'X-Original'": false, "'Origins'": false, "integration.response.header.Vary": false,
	} {
		if got := (Headers{{Name: Vary, Mapping: mapping}}).VariesWithOrigin(); got != want {
			t.Errorf("%q: got %t, want %t", mapping, got, want)
		}
	}
}
