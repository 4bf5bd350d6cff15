package server

import (
	"net/http"
	"sync"
	"testing"
)

// TestPagesAreMadeSideBySide has four people ask for every page at once, each page in both languages: under the race detector this is where
// what pages have in common, and the parts of a page that are asked for side by side, are held.
func TestPagesAreMadeSideBySide(t *testing.T) {
	a := samplesApp(t)
	queue := make(chan string)
	var people sync.WaitGroup
	for range 4 {
		people.Add(1)
		go func() {
			defer people.Done()
			for address := range queue {
				if r := call(t, a, http.MethodGet, address, nil); r.StatusCode != http.StatusOK {
					t.Errorf("%s: %d %.200s", address, r.StatusCode, saysOf(r.Text))
				}
			}
		}()
	}
	for _, path := range append(pagePaths(t, a), "/areas", "/imports", "/source", "/changes") {
		queue <- path
		queue <- path + "?lang=en"
	}
	close(queue)
	people.Wait()
}
