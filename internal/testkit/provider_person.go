package testkit

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Visitor is somebody with a browser before the pages of a Provider: cookies are kept, forms are filled in and sent, scripts not run.
type Visitor struct {
	Name   string // to sign in as
	Forms  int    // how many were sent
	client *http.Client
}

// NewVisitor is somebody whom the service does not know yet.
func NewVisitor(name string) *Visitor {
	jar, _ := cookiejar.New(nil)
	return &Visitor{Name: name, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Go walks from an address of the service through its forms until it sends the browser elsewhere, and gives where.
func (v *Visitor) Go(t testing.TB, address string) *url.URL {
	t.Helper()
	return v.walk(t, address, func(page *html.Node) (string, url.Values) { return formOf(page, v.Name) })
}

// Break walks to the first form and takes the link that breaks the sign-in off.
func (v *Visitor) Break(t testing.TB, address string) *url.URL {
	t.Helper()
	return v.walk(t, address, func(page *html.Node) (string, url.Values) {
		for _, link := range elements(page, "a") {
			if strings.HasSuffix(attribute(link, "href"), "/abort") {
				return attribute(link, "href"), nil
			}
		}
		t.Fatal("the page has no way out")
		return "", nil
	})
}

// walk follows redirects, and on every page does what next says: a form when it has words, else a link.
func (v *Visitor) walk(t testing.TB, address string, next func(page *html.Node) (string, url.Values)) *url.URL {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	origin := at.Host
	ask, err := http.NewRequest(http.MethodGet, address, nil)
	for range 20 {
		if err != nil {
			t.Fatal(err)
		}
		answer, failed := v.client.Do(ask)
		if failed != nil {
			t.Fatal(failed)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if to, failed := answer.Location(); failed == nil {
			if to.Host != origin {
				return to
			}
			ask, err = http.NewRequest(http.MethodGet, to.String(), nil)
			continue
		}
		page, failed := html.Parse(strings.NewReader(string(body)))
		if failed != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %.600s", ask.URL, answer.StatusCode, body)
		}
		action, words := next(page)
		to, failed := ask.URL.Parse(action)
		if failed != nil {
			t.Fatal(failed)
		}
		if words == nil {
			ask, err = http.NewRequest(http.MethodGet, to.String(), nil)
			continue
		}
		v.Forms++
		if ask, err = http.NewRequest(http.MethodPost, to.String(), strings.NewReader(words.Encode())); err == nil {
			ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
	}
	t.Fatal("the service leads nowhere from " + address)
	return nil
}

// formOf fills in the one form of a page.
func formOf(page *html.Node, name string) (action string, words url.Values) {
	words = url.Values{}
	for _, input := range append(elements(page, "input"), elements(page, "button")...) {
		switch key := attribute(input, "name"); {
		case key == "login":
			words.Set(key, name)
		case attribute(input, "type") == "password":
			words.Set(key, "any")
		case key != "" && !words.Has(key):
			words.Set(key, attribute(input, "value"))
		}
	}
	for _, form := range elements(page, "form") {
		action = attribute(form, "action")
	}
	return action, words
}

func elements(n *html.Node, tag string) []*html.Node {
	var list []*html.Node
	if n.Type == html.ElementNode && n.Data == tag {
		list = append(list, n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		list = append(list, elements(child, tag)...)
	}
	return list
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
