package model

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// BinaryMediaTypes is which requests and responses a document makes API Gateway treat as binary,
// as far as mock integrations and JSON are concerned.
type BinaryMediaTypes struct {
	Any     bool   // of every media type
	JSON    bool   // of application/json
	Other   bool   // of further ones
	Unknown string // why there may be others; empty where there are not
}

// BinaryMediaTypes returns the binary media types of a document. More of them may be set outside
// of it.
func (d *Document) BinaryMediaTypes() BinaryMediaTypes {
	list := d.Root.Get(extensions.NameBinaryMediaTypes)
	if list == nil || list.IsNull() {
		return BinaryMediaTypes{}
	}
	var types BinaryMediaTypes
	if list.Kind != source.Seq || Intrinsic(list) {
		types.Unknown = fmt.Sprintf("%s is %s", extensions.NameBinaryMediaTypes, list.Excerpt())
	}
	for _, item := range list.Items() {
		text := item.Text()
		slash := strings.ReplaceAll(text, "~1", "/") // as CloudFormation spells it elsewhere
		switch {
		case text == "*/*":
			types.Any = true
		case slash == "*/*":
			types.Unknown = fmt.Sprintf("whether API Gateway reads the binary media type %q as %q is not recorded", text, slash)
		case strings.EqualFold(slash, "application/json"):
			types.JSON = true
		case !item.IsString(), MayHavePlaceholder(text):
			types.Unknown = fmt.Sprintf("%s has %s", extensions.NameBinaryMediaTypes, item.Excerpt())
		default:
			types.Other = true
		}
	}
	return types
}
