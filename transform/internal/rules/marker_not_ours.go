package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
)

var markerNotOurs = &Rule{
	ID:    "mark-not-ours",
	Title: "the mark lists what is never generated",
	Doc: "x-apigw-cors-generated at the root lists what disable removes, by path. What no run could have written " +
		"there, or a list of that name on a path item, is not believed: what it lists is treated as hand-written.",
	URL:      readme + "#the-mark",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `paths:
  /pets:
    x-apigw-cors-generated: [/options]
    get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}
`,
	Passes: `paths:
  /pets:
    get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}}
`,
	find: func(d *View) []Finding { return markerMistakes(d.Document, d.Reading.Mistakes) },
}

// MarkerMistakes returns the findings of rule mark-not-ours in a document: the mistakes in its
// ownership marker, and what is called like the marker on path items.
func MarkerMistakes(d *model.Document, mistakes []own.Mistake) []Finding {
	found := markerMistakes(d, mistakes)
	for i := range found {
		found[i].Rule = markerNotOurs
	}
	return found
}

func markerMistakes(d *model.Document, mistakes []own.Mistake) (found []Finding) {
	for _, m := range mistakes {
		message, hint := markerMistake(m)
		found = append(found, Finding{At: At(m.Node, m.Pointer), Message: message, Hint: hint})
	}
	for _, r := range d.Resources {
		for _, item := range r.Items {
			if m, ok := item.Node.Member(model.MarkerName); ok {
				found = append(found, Finding{
					At:      At(m.Key, item.Pointer.Child(model.MarkerName)),
					Message: fmt.Sprintf("%s has no effect on a path item, so what it lists is treated as hand-written", model.MarkerName),
					Hint:    "remove it, and what was generated with it",
				})
			}
		}
	}
	return found
}

// markerMistake says what is wrong in the marker, and what to do.
func markerMistake(m own.Mistake) (message, hint string) {
	switch m.Kind {
	case own.NotAnObject:
		return model.MarkerName + " is not an object, so nothing is treated as generated", "remove it, and what was generated with it"
	case own.NotAList:
		return fmt.Sprintf("the entry %q of %s is not a list, so nothing is treated as generated there", m.Pointer.Keys()[1], model.MarkerName), "remove the entry"
	case own.UnknownPath:
		return fmt.Sprintf("%s lists %q, which is not a path of the document", model.MarkerName, m.Node.Text()), "if the path was renamed, rename the entry too; else remove it"
	}
	return fmt.Sprintf("%s lists %q, which is never generated, so it is treated as hand-written", model.MarkerName, m.Node.Text()), "remove the pointer"
}
