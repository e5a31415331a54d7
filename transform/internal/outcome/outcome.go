// Package outcome says what became of the resources of a document.
package outcome

import "github.com/apigw-cors/apigw-cors/transform/internal/responses"

// Kind is what became of a resource.
type Kind string

const (
	Enabled    Kind = "enabled"    // it has a generated OPTIONS, or its own with what that lacked
	Kept       Kind = "kept"       // its own OPTIONS stays
	Skipped    Kind = "skipped"    // it was selected, and left alone
	Unselected Kind = "unselected" // it was not selected
	Off        Kind = "off"        // the policy file switches it off
	Disabled   Kind = "disabled"   // what was generated in it is removed
)

// Resource is what became of one resource.
type Resource struct {
	Path    string
	Kind    Kind
	Reason  string            // why it was kept or skipped
	Backend []string          // methods whose backend must send the headers
	Headers responses.Headers // what such a backend must send
	Open    []string          // methods without an integration, which are left alone
	// Unreadable are responses that no page can read, since nothing can choose their origin.
	Unreadable []Response
}

// Response is a response of a method, or all of its responses.
type Response struct {
	Method string // "GET"
	Status string // "502"; empty: all of them
}
