package velocity_test

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/proof/velocity"
)

// A response template lets in one origin of several, and passes the body through.
func Example() {
	t, err := velocity.Parse(`#set($origin = $input.params("origin"))
#if($origin == "https://app.example.com")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end
$input.body`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, origin := range []string{"https://app.example.com", "https://other.example.com"} {
		out, err := t.Render(velocity.Input{Header: []velocity.Field{{Name: "origin", Value: origin}}, Body: `{"id":7}`})
		fmt.Println(out.Text, out.Header, err)
	}
	// Output:
	// {"id":7} [{Access-Control-Allow-Origin https://app.example.com}] <nil>
	// {"id":7} [] <nil>
}
