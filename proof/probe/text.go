package probe

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/apigw-cors/apigw-cors/proof"
)

// most is how many lines a list has.
const most = 20

// WriteText prints a result for people: a table of the responses, what is not as it should
// be, and the numbers.
func (res *Result) WriteText(w io.Writer, locate proof.Locate) error {
	var b bytes.Buffer
	res.writeTable(&b)
	res.explain(&b, locate)
	fmt.Fprintln(&b, res.numbers())
	if res.Hint != "" {
		fmt.Fprintf(&b, "  hint: %s\n", res.Hint)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (res *Result) writeTable(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "METHOD\tPATH\tORIGIN\tSTATUS\tPREFLIGHT\tOUTCOME")
	for _, r := range res.Rows {
		if r.Outcome == NotSent {
			continue
		}
		status := "-"
		if r.Status != 0 {
			status = strconv.Itoa(r.Status)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", plain(r.Operation.Method), plain(r.Path), plain(cmp.Or(r.Request.Origin, "-")), status, r.preflight(), r.Outcome)
	}
	_ = t.Flush() // into memory
	fmt.Fprintln(w)
}

// preflight says what a browser makes of a response.
func (r *Row) preflight() string {
	switch {
	case r.Status == 0:
		return "-"
	case !r.Asks:
		return "not needed"
	case r.Passes():
		return "passes"
	}
	return "refused"
}

// explain prints what is not as it should be. What is the same of several rows, as of all
// methods of a resource, is said once.
func (res *Result) explain(w io.Writer, locate proof.Locate) {
	var order []string
	heads := map[string][]string{}
	for _, r := range res.Rows {
		if r.Outcome == Same || r.Outcome == NotSent {
			continue
		}
		why := r.why(locate)
		if heads[why] == nil {
			order = append(order, why)
		}
		heads[why] = append(heads[why], r.head())
	}
	for _, why := range order[:min(len(order), most)] {
		writeList(w, heads[why])
		fmt.Fprint(w, why)
	}
	if left := len(order) - most; left > 0 {
		fmt.Fprintf(w, "… and %d more kinds (--format json has them all)\n", left)
	}
	if len(order) > 0 {
		fmt.Fprintln(w)
	}
}

// writeList prints lines, cut short.
func writeList(w io.Writer, lines []string) {
	for i, line := range lines {
		if i == most && len(lines) > most+1 {
			fmt.Fprintf(w, "… and %d more\n", len(lines)-most)
			return
		}
		fmt.Fprintln(w, line)
	}
}

// head says in a line what a row is about.
func (r *Row) head() string {
	text := fmt.Sprintf("%s: %s %s", r.Outcome, plain(r.Operation.Method), plain(r.Path))
	if r.Request.Origin != "" {
		text += " from " + plain(r.Request.Origin)
	}
	if r.Disallowed {
		text += ", whom the policy does not allow"
	}
	if !r.Asks && r.Outcome == Differs {
		text += " (no browser asks before this call)"
	}
	return text
}

// why says in lines what is not as it should be with a row, and what to do about it.
func (r *Row) why(locate proof.Locate) string {
	var b strings.Builder
	if r.Failure != "" {
		fmt.Fprintf(&b, "  %s\n", plain(r.Failure))
	}
	for _, d := range r.Differences {
		fmt.Fprintf(&b, "  %s: want %s, got %s%s\n", d.Name, quoted(d.Want), quoted(d.Got), at(locate, d.Pointer))
	}
	switch r.Outcome {
	case Refused:
		fmt.Fprintf(&b, "  the preflight is refused: %s (%s)\n", plain(r.Verdict.Reason), r.Verdict.Rule)
	case NotRefused:
		fmt.Fprintln(&b, "  the preflight passes, and must be refused")
	}
	if r.Unknown != nil {
		fmt.Fprintf(&b, "  it cannot be compared: %s (%s)%s\n", plain(r.Unknown.Message), r.Unknown.Reason, at(locate, r.Unknown.Pointer))
	}
	for _, rule := range r.Assumed {
		fmt.Fprintf(&b, "  what is wanted rests on an assumption: %s (%s)\n", rule.Does, rule.ID)
	}
	if r.Hint != "" {
		fmt.Fprintf(&b, "  hint: %s\n", plain(r.Hint))
	}
	return b.String()
}

// at is a place in brackets.
func at(locate proof.Locate, pointer string) string {
	if place := locate(pointer); place != "" {
		return " (" + place + ")"
	}
	return ""
}

// quoted are the values of a header.
func quoted(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = strconv.Quote(value)
	}
	return strings.Join(list, " and ")
}

// numbers says in a line how many rows have which outcome.
func (res *Result) numbers() string {
	var parts []string
	for _, o := range Outcomes() {
		n := res.Count(o)
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	text := fmt.Sprintf("%d preflights sent", res.Sent())
	if res.Sent() == 1 {
		text = "1 preflight sent"
	}
	if res.Interrupted {
		text = "interrupted: " + text
	}
	return text + ": " + strings.Join(parts, ", ")
}

// plain is a text as it is, or quoted where a terminal could act on it: what a server sends
// and what a document holds are somebody else's.
func plain(text string) string {
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return strconv.Quote(text)
		}
	}
	return text
}
