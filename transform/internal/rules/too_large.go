package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var tooLarge = &Rule{
	ID:          "too-large",
	Title:       "the document is larger than API Gateway takes",
	Doc:         "API Gateway imports documents of up to 6 MB.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
	Severity:    finding.Error,
	ImportFails: true,
	find:        findTooLarge,
}

const largest = 6 << 20 // bytes

func findTooLarge(d *View) (found []Finding) {
	if size := len(d.Root.File.Src); size > largest {
		found = append(found, Finding{
			At:      At(d.Root, ""),
			Message: fmt.Sprintf("the document has %d bytes, and API Gateway imports up to %d", size, largest),
			Hint:    "split the API, or leave examples and descriptions out",
		})
	}
	return found
}
