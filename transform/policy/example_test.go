package policy_test

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// A program that offers its own settings puts them together with those of a policy file, and
// shows what holds and why.
func Example() {
	settings := &policy.Source{Name: "settings", Layer: policy.Layer{Policy: policy.Policy{
		MaxAge: policy.Seconds(600),
	}}}
	defaults := &policy.Source{Name: "defaults", Layer: policy.Layer{Policy: policy.Policy{
		AllowOrigins: policy.Origins("https://app.example.com", "https://*.example.org"),
		AllowMethods: policy.Methods("GET", "PUT"),
		MaxAge:       policy.Seconds(60),
	}}}
	resolved := policy.Resolve([]*policy.Source{settings, defaults})
	if err := resolved.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	for m := range policy.ConfigurationMembers() {
		if w, ok := m.Written(&resolved.Policy); ok {
			fmt.Printf("%s: %s (%s)\n", m.Name, strings.Join(w.Texts, ", "), resolved.From[m.Name].Name)
		}
	}
	// Output:
	// allowOrigins: https://app.example.com, https://*.example.org (defaults)
	// allowMethods: GET, PUT (defaults)
	// maxAge: 600 (settings)
}

func ExamplePolicy_Validate() {
	p := policy.Policy{
		AllowOrigins:     policy.Origins("https://App.example.com/", "*"),
		AllowMethods:     policy.Derived(),
		AllowCredentials: policy.Credentials(true),
	}
	fmt.Println(p.Validate())
	// Output:
	// allowOrigins: "https://App.example.com/" ends with a slash and has upper-case letters; write "https://app.example.com"
	// allowOrigins: "*" stands beside others that it covers; write "*" alone, or leave it out
	// allowOrigins: "*" lets every site in and cannot go with credentials; name the origins, or turn allowCredentials off
}

// A program can tell mistakes apart, and correct those that have one correction.
func ExampleAll() {
	p := policy.Policy{AllowOrigins: policy.Origins("https://app.example.com/", "null")}
	for e := range policy.All(p.Validate()) {
		switch e.Reason {
		case policy.ReasonOriginTrailingSlash:
			fmt.Println("use", e.Suggestion)
		case policy.ReasonOriginNull:
			fmt.Println("drop", e.Value)
		}
	}
	// Output:
	// use https://app.example.com
	// drop null
}

func ExampleParseOrigin() {
	o, err := policy.ParseOrigin("https://*.example.com:8443")
	fmt.Println(o.Form == policy.OriginSubdomains, o.Scheme, o.Host, o.Port, err)
	// Output: true https example.com 8443 <nil>
}
