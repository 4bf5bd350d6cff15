package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"taizhang/ingest"
)

// TestAFileIsReadOnce looks twice at a preview: it is read again only for another choice, or when the record moved and its rules look there.
func TestAFileIsReadOnce(t *testing.T) {
	a := testApp(t)
	read := func(at string) *ingest.File {
		t.Helper()
		if answer := call(t, a, http.MethodGet, at, nil); answer.StatusCode != 200 {
			t.Fatal(answer.StatusCode, answer.Text)
		}
		path, query, _ := strings.Cut(strings.TrimPrefix(at, "/imports/preview/"), "?")
		up, err := a.uploads.find(path)
		if err != nil {
			t.Fatal(err)
		}
		words, _ := url.ParseQuery(query)
		p := a.shelf.get(keptKey(up, choice{Mode: ingest.Mode(words.Get("mode"))}))
		if p == nil {
			t.Fatalf("%s is not kept", at)
		}
		p.at = p.at.Add(-time.Minute) // justNow is over
		return p.file
	}
	_, tax := handIn(t, a, "税收2015.xlsx")
	first := read(tax)
	if read(tax) != first {
		t.Error("it was read again")
	}
	if read(tax+"?mode=replace") == first {
		t.Error("another choice showed the old reading")
	}
	_, buildings := handIn(t, a, "楼宇与入驻企业.xlsx")
	before := read(buildings)
	hash, _ := handIn(t, a, "督办事项.xlsx")
	commitGood(t, a, hash)
	if read(tax) != first {
		t.Error("a file without rules on the record was read again")
	}
	if read(buildings) == before {
		t.Error("a file whose rules look at the record was not read again")
	}
	// Its name is read too: it may name the dataset, the year or the building.
	send(t, a, map[string][]byte{"另存.xlsx": sampleBytes(t, "税收2015.xlsx")})
	if again := read(tax); again == first || again.Name != "另存.xlsx" {
		t.Error("a file that came again under another name showed the old reading")
	}
	call(t, a, http.MethodPost, "/imports/discard", strings.NewReader("hash="+ingest.Hash(sampleBytes(t, "税收2015.xlsx"))), urlencoded)
	if answer := call(t, a, http.MethodGet, tax, nil); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a discarded file is still shown: %d", answer.StatusCode)
	}
}

// TestThePreviewComparesAnew loads a file that another one on the shelf changes nothing of any more.
func TestThePreviewComparesAnew(t *testing.T) {
	a := testApp(t)
	changes := func(at string) (fresh int) {
		t.Helper()
		for _, p := range a.shelf.list {
			p.at = p.at.Add(-time.Minute)
		}
		var seen preview
		decode(t, call(t, a, http.MethodGet, at+".json", nil).Text, &seen)
		for _, c := range seen.Changes {
			fresh += c.New
		}
		return fresh
	}
	_, at := handIn(t, a, "税收2015.xlsx")
	before := changes(at)
	// The same sheet in other bytes.
	answer := send(t, a, map[string][]byte{"税收2015.xlsx": append(sampleBytes(t, "税收2015.xlsx"), 0)})
	other := strings.TrimPrefix(answer.Header.Get("Location"), "/imports/preview/")
	if batch := commitGood(t, a, other); batch != "/imports/1" {
		t.Fatal(batch)
	}
	if after := changes(at); before == 0 || after != 0 {
		t.Errorf("new rows: %d before the other file, %d after it", before, after)
	}
}
