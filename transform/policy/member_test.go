package policy

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEachFieldOfAPolicyIsAMember holds that the table of members has each field of a policy
// once, at its own place.
func TestEachFieldOfAPolicyIsAMember(t *testing.T) {
	var p Policy
	fields := reflect.ValueOf(&p).Elem()
	places := map[any]string{}
	for m := range Members() {
		if other, taken := places[m.In(&p)]; taken {
			t.Errorf("%s and %s have one place", m.Name, other)
		}
		places[m.In(&p)] = m.Name
	}
	for i := range fields.NumField() {
		if places[fields.Field(i).Addr().Interface()] == "" {
			t.Errorf("no member has the place of %s", fields.Type().Field(i).Name)
		}
	}
	if len(places) != fields.NumField() {
		t.Errorf("%d members for %d fields", len(places), fields.NumField())
	}
}

// TestMembersAreFoundByTheirNames holds that names and flags are distinct, that headers lead
// to the member whose value they carry, and that nothing else is a member.
func TestMembersAreFoundByTheirNames(t *testing.T) {
	flags := map[string]bool{}
	for m := range Members() {
		if got := MemberNamed(m.Name).Name; got != m.Name {
			t.Errorf("%s is found as %q", m.Name, got)
		}
		if !m.Own && MemberOfHeader(m.Header).Name != m.Name {
			t.Errorf("%s is found as the header of %q", m.Header, MemberOfHeader(m.Header).Name)
		}
		if flags[m.Flag] {
			t.Errorf("two members have the flag %s", m.Flag)
		}
		flags[m.Flag] = true
	}
	if MemberOfHeader("ACCESS-CONTROL-ALLOW-ORIGIN").Name != MemberAllowOrigins {
		t.Error("the case of a header makes a difference")
	}
	if MemberNamed("allowOrigin").Name != "" || MemberOfHeader("Vary").Name != "" {
		t.Error("what is no member is found as one")
	}
}

// TestWrittenIsWhatAHeaderCarries holds which values have a header, and what it carries.
func TestWrittenIsWhatAHeaderCarries(t *testing.T) {
	for name, tt := range map[string]struct {
		member string
		policy Policy
		want   []string
	}{
		"a list":            {MemberAllowMethods, Policy{AllowMethods: Methods("GET", "PUT")}, []string{"GET", "PUT"}},
		"an empty list":     {MemberAllowMethods, Policy{AllowMethods: Methods()}, nil},
		"unset":             {MemberAllowHeaders, Policy{}, nil},
		"none":              {MemberAllowHeaders, Policy{AllowHeaders: None[[]string]()}, nil},
		"derived":           {MemberAllowHeaders, Policy{AllowHeaders: Derived()}, nil},
		"an expression":     {MemberAllowOrigins, Policy{AllowOrigins: Origins("${o}")}, []string{"expression", "${o}"}},
		"added":             {MemberAddHeaders, Policy{AddHeaders: []string{"X-A"}}, []string{"X-A"}},
		"no seconds":        {MemberMaxAge, Policy{MaxAge: Seconds(0)}, []string{"0"}},
		"credentials":       {MemberAllowCredentials, Policy{AllowCredentials: Credentials(true)}, []string{"true"}},
		"no credentials":    {MemberAllowCredentials, Policy{AllowCredentials: Credentials(false)}, nil},
		"maybe credentials": {MemberAllowCredentials, Policy{AllowCredentials: Raw[bool]("${c}")}, []string{"expression", "${c}"}},
	} {
		w, ok := MemberNamed(tt.member).Written(&tt.policy)
		got := w.Texts
		if w.IsExpression {
			got = append([]string{"expression"}, got...)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || ok != (tt.want != nil) {
			t.Errorf("%s: %t (-want +got)\n%s", name, ok, diff)
		}
	}
}

// TestDifferingNamesWhatTwoPoliciesDoNotShare holds that a value that is written down and the
// same one that holds by default are no difference.
func TestDifferingNamesWhatTwoPoliciesDoNotShare(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b Policy
		want []string
	}{
		"defaults": {Policy{}, Policy{AllowMethods: Derived(), ExposeHeaders: None[[]string](), MaxAge: None[int](), AllowCredentials: Credentials(false)}, nil},
		"headers":  {Policy{AllowHeaders: Derived()}, Policy{}, []string{"allowHeaders"}},
		"all": {Policy{
			AllowOrigins: Origins("*"), AllowMethods: Methods("GET"), AllowHeaders: Headers("X"), AddHeaders: []string{"Y"},
			ExposeHeaders: Headers("Z"), MaxAge: Seconds(1), AllowCredentials: Raw[bool]("${c}"),
		}, Policy{}, []string{"allowOrigins", "allowMethods", "allowHeaders", "addHeaders", "exposeHeaders", "maxAge", "allowCredentials"}},
		"the same": {Policy{AllowOrigins: Origins("*"), MaxAge: Seconds(1)}, Policy{AllowOrigins: Origins("*"), MaxAge: Seconds(1)}, nil},
	} {
		if diff := cmp.Diff(tt.want, tt.a.Differing(tt.b)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}
