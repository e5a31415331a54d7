package layout

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// object is an object under change.
type object struct {
	site
	members []source.Member // written in it
	removed map[int]bool    // by index of members
	set     map[int]Value
	added   []Add
	spliced []edit.Edit
}

func newObject(s site) *object {
	return &object{site: s, members: written(s.node), removed: map[int]bool{}, set: map[int]Value{}}
}

// before returns the index of the member before which an addition goes, or the
// number of members when it goes to the end.
func (o *object) before(a Add) int {
	if a.Before != "" {
		for i, m := range o.members {
			if m.Name() == a.Before {
				return i
			}
		}
	}
	return len(o.members)
}

func (a Add) member() Member {
	_, key := a.At.Parent()
	return Member{key, a.Value}
}
