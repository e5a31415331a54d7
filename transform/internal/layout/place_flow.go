package layout

import (
	"bytes"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// editFlow changes an object in braces. What stands between two members belongs
// to the second of them, so that taking out undoes adding.
func (o *object) editFlow() ([]edit.Edit, error) {
	if len(o.removed) == len(o.members) {
		return o.refill()
	}
	w := o.newFlowWriter(o.node, o.parents, quoteChar(o.site))
	var edits []edit.Edit
	for i := range o.members {
		if o.removed[i] {
			edits = append(edits, o.cut(i))
		}
		if v, ok := o.set[i]; ok {
			value := o.members[i].Value
			edits = append(edits, edit.Edit{Start: value.Start, End: value.End, New: w.value(v)})
		}
	}
	for _, a := range o.added {
		edits = append(edits, o.insertFlow(w, a))
	}
	return edits, nil
}

// insertFlow puts a member behind the nearest member before its place that
// stays, or in front of the first one that does.
func (o *object) insertFlow(w flowWriter, a Add) edit.Edit {
	for i := o.before(a) - 1; i >= 0; i-- {
		if !o.removed[i] {
			at := o.members[i].Value.End
			return edit.Edit{Start: at, End: at, New: w.comma + w.member(a.member())}
		}
	}
	i := 0
	for o.removed[i] {
		i++
	}
	at := o.members[i].Key.Start
	return edit.Edit{Start: at, End: at, New: w.member(a.member()) + w.comma}
}

// cut takes out a member and what separates it from the one before it, or from
// the one behind it when none is left before.
func (o *object) cut(i int) edit.Edit {
	e := edit.Edit{Start: o.members[i].Key.Start, End: o.members[i].Value.End}
	for j := i - 1; j >= 0; j-- {
		if !o.removed[j] {
			e.Start = o.members[i-1].Value.End
			return e
		}
	}
	e.End = o.members[i+1].Key.Start
	return e
}

// refill writes the members of an object in braces that has none left. White
// space that stood between the braces stays in front of what is added, and "{}"
// takes the style of the object around it; emptied again, each is what it was.
func (o *object) refill() ([]edit.Edit, error) {
	all := edit.Edit{Start: o.openEnd(), End: o.node.End - 1}
	blank, spread := o.blank(all)
	w := o.emptyWriter(blank)
	content := make(Map, len(o.added))
	for i, a := range o.added {
		content[i] = a.member()
	}
	if len(content) > 0 {
		all.New = w.members(content)
		if blank == "" && w.lines != "" {
			all.New = w.lines + w.indent + all.New + w.lines + strings.TrimSuffix(w.indent, w.step)
		}
	}
	if !spread {
		all.Start += len(blank)
	}
	return []edit.Edit{all}, nil
}

// blank returns the white space that stood between the braces before anything
// was added to the object, whose inside is given. It reports true when what was
// added stands on lines of its own, the closing brace included: such an object
// was "{}".
func (o *object) blank(inside edit.Edit) (string, bool) {
	src := o.node.File.Src
	if len(o.members) == 0 {
		return string(src[inside.Start:inside.End]), false
	}
	last := o.members[len(o.members)-1].Value.End
	if bytes.ContainsRune(src[last:inside.End], '\n') {
		return "", true
	}
	return string(src[inside.Start:o.members[0].Key.Start]), false
}

// openEnd returns the offset behind the opening brace, which a tag may precede.
func (o *object) openEnd() int {
	return o.node.Start + bytes.IndexByte(o.node.Raw(), '{') + 1
}

// emptyWriter returns the style for an object without members that has some
// white space between its braces: that of the object around it, one level
// deeper, where that one is in braces too.
func (o *object) emptyWriter(blank string) flowWriter {
	w := flowWriter{yaml: o.node.File.Syntax == source.YAML, quote: quoteChar(o.site), colon: ": ", comma: ", "}
	if p := o.parent(); p != nil && p.Style == source.Flow {
		w = o.newFlowWriter(p, o.parents[:len(o.parents)-1], w.quote).below()
	}
	if blank == "" {
		return w
	}
	w.lines, w.indent, w.step = "", "", ""
	w.comma = commaAfter(w.colon)
	if i := strings.LastIndexByte(blank, '\n'); i >= 0 {
		w.lines, w.indent = newline(o.node.File, o.node.Start), blank[i+1:]
		w.step = defaultStep(w.indent)
		w.comma = "," + w.lines + w.indent
	}
	return w
}
