// Package readings lets tests count how often the prover reads a document.
package readings

// Observe is called with the size of each document that the prover reads. Tests count readings by
// it; it is nil otherwise.
var Observe func(size int)

// Note notes that a document of a size is read.
func Note(size int) {
	if Observe != nil {
		Observe(size)
	}
}
