package fetch_test

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
)

// A script puts JSON to another origin: the browser asks first, and the response to its preflight
// decides whether it goes on.
func Example() {
	body := "{}"
	put := fetch.Request{
		Origin: "https://app.example.com", URL: "https://api.example.com/pets/7", Method: "put",
		Header: []fetch.Field{{Name: "Content-Type", Value: "application/json"}}, Body: &body,
	}
	plan := put.Plan()
	fmt.Println(plan.Preflight, plan.Method, plan.PreflightHeaders)

	v := fetch.CheckPreflight(put, fetch.Response{Status: 200, Header: []fetch.Field{
		{Name: "Access-Control-Allow-Origin", Value: "https://app.example.com"},
		{Name: "Access-Control-Allow-Methods", Value: "GET,PUT"},
	}})
	fmt.Println(v.Allowed, v.Rule)
	fmt.Println(v.Reason)
	// Output:
	// true PUT [content-type]
	// false header-not-allowed
	// Access-Control-Allow-Headers is "", and the call has "content-type"
}
