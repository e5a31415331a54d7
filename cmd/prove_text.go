package cmd

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// proved is what requests show about the policies of a document.
type proved struct {
	allowed    int            // requests of allowed origins that succeed, of which some are
	assuming   int            // that their backends send the headers they must
	disallowed int            // requests of disallowed origins that are refused
	refused    int            // requests of allowed origins that browsers refuse, and of disallowed ones that they do not
	atRunTime  int            // requests of allowed origins to which API Gateway itself responds with an error
	unproved   map[string]int // requests about which the document does not tell, by reason
	unselected int            // operations without a policy, which are not tried

	exceptions []exception // requests that do not come out as the policy says, as a finding says
	failures   []error
}

func newProved() *proved { return &proved{unproved: map[string]int{}} }

// exception is an operation of which some requests do not come out as the policy says, and the
// finding that says why.
type exception struct {
	result    proof.Result
	operation string
	finding   finding.Finding
}

func (e exception) String() string {
	return fmt.Sprintf("%s (%s, line %d)", finding.Plain(e.operation), e.finding.Rule, e.finding.Position.Line)
}

// count counts a case by what it shows.
func (p *proved) count(c proof.Case) {
	result := c.Result()
	switch {
	case c.HasNoPolicy():
		p.unselected++
	case result == proof.ResultUnproved:
		p.unproved[string(c.Unknown.Reason)]++
	case result == proof.ResultFailsAtRunTime:
		p.atRunTime++
	case c.Fails():
		p.refused++
	case c.Disallowed:
		p.disallowed++
	default:
		p.allowed++
		if c.Assumes() {
			p.assuming++
		}
	}
}

// except notes a case that a finding excuses, once for each operation.
func (p *proved) except(c proof.Case, f finding.Finding) {
	e := exception{c.Result(), operationOf(c), f}
	if !slices.Contains(p.exceptions, e) {
		p.exceptions = append(p.exceptions, e)
	}
}

// fail notes a failure, once where several origins have the same.
func (p *proved) fail(err error) {
	if !slices.ContainsFunc(p.failures, func(have error) bool { return have.Error() == err.Error() }) {
		p.failures = append(p.failures, err)
	}
}

// tried counts the requests that were tried, of allowed and of disallowed origins.
func (p *proved) tried() int {
	return p.allowed + p.disallowed + p.failed() + len(p.exceptions)
}

// failed counts what does not come out as the policy says, and is not excepted.
func (p *proved) failed() int { return p.refused + p.atRunTime + len(p.failures) }

// complete reports whether every request comes out as the policy says, and some succeed.
func (p *proved) complete() bool {
	return p.allowed > 0 && len(p.exceptions)+len(p.unproved)+len(p.failures) == 0
}

func operationOf(c proof.Case) string { return c.Operation.Method + " " + c.Operation.Resource }

// importFailure says why the import fails, where the document says it.
func importFailure(d *transform.Document, shown string, c proof.Case) error {
	at, _ := d.Position(c.Unknown.Pointer)
	return &transform.PlaceError{File: shown, Position: at, Message: fmt.Sprintf("%s (%s)", c.Unknown.Message, c.Unknown.Behaviour.ID), Hint: c.Remedy}
}

// importFailureOfRule says why the import fails, where a rule reports what the prover does not see.
func importFailureOfRule(shown string, f finding.Finding) error {
	return &transform.PlaceError{File: shown, Position: f.Position, Message: fmt.Sprintf("the import fails: %s (%s)", f.Message, f.Rule), Hint: f.Hint}
}

// nothingProved says that no request succeeds, and of which findings excuse that.
func (p *proved) nothingProved(shown string) error {
	var list []string
	for i, e := range p.exceptions {
		if i == most {
			list = append(list, fmt.Sprintf("and %d more", len(p.exceptions)-most))
			break
		}
		list = append(list, e.String())
	}
	return &transform.PlaceError{File: shown, Message: "no request of an allowed origin is proved; findings report why: " + strings.Join(list, ", "), Hint: "fix what the findings report, or exclude these resources"}
}

// failure says what is wrong with a case, where it was decided, with a hint that takes the place
// of the one of the case.
func failure(d *transform.Document, shown string, c proof.Case, hint string) error {
	at, ok := d.Position(c.Pointer)
	if !ok || c.Pointer == "" {
		at, _ = d.Position(c.Operation.Pointer)
	}
	return &transform.PlaceError{File: shown, Position: at, Message: failureText(c), Hint: cmp.Or(hint, c.Remedy)}
}

func failureText(c proof.Case) string {
	request := operationOf(c) + " from " + c.Request.Origin
	switch c.Result() {
	case proof.ResultFailsAtRunTime:
		return fmt.Sprintf("%s fails at run time: %s", request, c.Failure())
	case proof.ResultUnproved: // whoever asks
		return fmt.Sprintf("%s is not proved: %s (%s)", operationOf(c), c.Unknown.Message, c.Unknown.Reason)
	case proof.ResultNotRefused:
		return request + " succeeds, and the policy does not allow it"
	}
	return fmt.Sprintf("%s fails: %s (%s)", request, c.Verdict.Reason, c.Verdict.Rule)
}

// print says in lines what was proved.
func (p *proved) print(w io.Writer) {
	if p.tried() == 0 {
		fmt.Fprintln(w, "  nothing to prove: the policy enables no method of the document")
	} else {
		p.printProved(w)
	}
	p.printOthers(w)
}

// printOthers says what was not proved, and why.
func (p *proved) printOthers(w io.Writer) {
	for _, r := range excusedResults {
		p.printExceptions(w, r.result, r.title)
	}
	if len(p.unproved) > 0 {
		fmt.Fprintf(w, "  not proved, since the document does not tell: %s\n", counts(p.unproved))
	}
	if p.unselected > 0 {
		fmt.Fprintf(w, "  not tried, since no policy says who may call: %s\n", plural(p.unselected, "operation"))
	}
}

func (p *proved) printProved(w io.Writer) {
	assuming := ""
	if p.assuming > 0 {
		assuming = fmt.Sprintf(" (%d of them if their backends send the headers)", p.assuming)
	}
	fmt.Fprintf(w, "  proved: %s a browser makes succeed%s, %s of strangers are refused\n", plural(p.allowed, "call"), assuming, plural(p.disallowed, "call"))
}

// printFailed says how many requests fail.
func (p *proved) printFailed(w io.Writer) {
	if p.refused > 0 {
		fmt.Fprintf(w, "not as the policy says: %s\n", plural(p.refused, "call"))
	}
	if p.atRunTime > 0 {
		fmt.Fprintf(w, "fails at run time: %s\n", plural(p.atRunTime, "call"))
	}
}

// excusedResults are what a finding can excuse, and how that is said.
var excusedResults = []struct {
	result proof.Result
	title  string
}{
	{proof.ResultRefused, "refused by browsers, as a finding reports"},
	{proof.ResultFailsAtRunTime, "fails at run time, as a finding reports"},
	{proof.ResultNotRefused, "open to disallowed origins, as a finding reports"},
	{proof.ResultUnproved, "not proved, as a finding reports"},
}

// printExceptions lists the operations with a result that a finding excuses.
func (p *proved) printExceptions(w io.Writer, result proof.Result, title string) {
	for _, e := range p.exceptions {
		if e.result != result {
			continue
		}
		if title != "" {
			fmt.Fprintf(w, "  %s:\n", title)
			title = ""
		}
		fmt.Fprintf(w, "    %s\n", e)
	}
}

// counts are numbers by name.
func counts(by map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%d %s", by[name], name))
	}
	return strings.Join(parts, ", ")
}
