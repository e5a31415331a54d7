package outcome

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// Plan is what is to become of a document.
type Plan struct {
	Drafts    own.Drafts
	Resources []Resource
	Gateway   responses.Headers // what the gateway responses of a REST API get; none where they are left alone
	Notes
}
