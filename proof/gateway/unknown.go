package gateway

import "fmt"

// Unknown is why a document does not tell what API Gateway answers.
type Unknown struct {
	Reason  Reason
	Message string // lower case, with the offending value
	Pointer string // a JSON Pointer to the place in the document
}

func (u *Unknown) Error() string { return u.Message }

// A Reason is a kind of [Unknown]. It is stable, to be counted by.
type Reason string

const (
	ReasonIntrinsic     Reason = "intrinsic"      // a deployment by CloudFormation resolves it
	ReasonPlaceholder   Reason = "placeholder"    // ${…}, which something fills in before the import
	ReasonStageVariable Reason = "stage-variable" // whose value was not given
	ReasonElsewhere     Reason = "elsewhere"      // a reference to another document
	ReasonUnreadable    Reason = "unreadable"     // it is not what belongs there
	ReasonNoIntegration Reason = "no-integration" // a deployment fails
	ReasonImport        Reason = "import-refused" // the import fails
	ReasonBroken        Reason = "broken"         // the method answers nothing but an error of its configuration
	ReasonTemplate      Reason = "template"       // it does what package velocity does not know, or what makes it fail
)

func unknown(reason Reason, pointer, format string, args ...any) *Unknown {
	return &Unknown{Reason: reason, Message: fmt.Sprintf(format, args...), Pointer: pointer}
}
