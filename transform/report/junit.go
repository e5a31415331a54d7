package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// junitSuites is the root of a JUnit report, in the form that CI servers read: a suite
// for each file, a case for each rule that found something, or one that passed.
type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Classname string        `xml:"classname,attr"`
	Failure   *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func (f Findings) junit(w io.Writer) error {
	var out junitSuites
	for _, file := range f.Files {
		suite := junitSuite{Name: file}
		for _, one := range slices.DeleteFunc(slices.Clone(f.List), func(x finding.Finding) bool { return x.File != file }) {
			suite.Cases = append(suite.Cases, junitCase{
				Name: fmt.Sprintf("%s at %d:%d", one.Rule, one.Position.Line, one.Position.Column), Classname: file,
				Failure: &junitFailure{Message: one.Message, Type: one.Severity.String(), Text: one.String() + "\n" + one.Hint},
			})
		}
		if suite.Failures = len(suite.Cases); suite.Failures == 0 {
			suite.Cases = []junitCase{{Name: "no findings", Classname: file}}
		}
		suite.Tests = len(suite.Cases)
		out.Suites = append(out.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
