package report

// Form is another form in which the CORS of a document can be written.
type Form string

const (
	AWSCLI         Form = "aws-cli"        // commands for a shell
	Terraform      Form = "terraform"      // a block of aws_apigatewayv2_api
	CloudFormation Form = "cloudformation" // a property of AWS::ApiGatewayV2::Api
	SAM            Form = "sam"            // a property of AWS::Serverless::HttpApi or AWS::Serverless::Api

	// What the backends of a REST API's proxy integrations must send: as a list, or as
	// code for the return value of a Lambda function.
	PlainHeaders Form = "headers"
	Node         Form = "node"
	Python       Form = "python"
	Go           Form = "go"
	Java         Form = "java"
)

// Forms returns the forms that there are.
func Forms() []Form {
	return []Form{AWSCLI, Terraform, CloudFormation, SAM, PlainHeaders, Node, Python, Go, Java}
}

// ExportError is why a document cannot be written in another form.
type ExportError struct {
	Message string
	Hint    string // what to do, may be empty
}

func (e *ExportError) Error() string { return e.Message }

// ErrNoCORS is the error where a document enables no CORS that could be exported.
var ErrNoCORS = &ExportError{
	Message: "the document enables no CORS",
	Hint:    "enable it first, or say who may call: --allow-origin https://app.example.com",
}
