package policy_test

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

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
