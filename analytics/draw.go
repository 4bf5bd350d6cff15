package analytics

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// DrawAlgorithm names the recipe by which lots are drawn; docs/scores.md says it for sha256sum and sort.
//
// A name's lot is the SHA-256 of "SEED:NAME" in UTF-8, as 64 hexadecimal digits; the names with the smallest lots are drawn, in the order
// of their lots. The order of the list does not matter, and nobody who does not know the seed can tell the lots.
const DrawAlgorithm = "sha256-lots-1"

// listMark joins the names of a list in a record's field; no name holds it.
const listMark = "、"

var seedForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// NewSeed is the seed of a new draw: 32 bytes that nobody can foresee, as 64 hexadecimal digits.
func NewSeed() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the program instead
	return hex.EncodeToString(b[:])
}

// DrawList is a list as it is drawn from: tidied, each name once, in the order of their bytes.
func DrawList(names []string) []string {
	list := []string{}
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// ListDigest is the SHA-256 of a list's names in the order of their bytes, a line each.
func ListDigest(names []string) string {
	sum := sha256.Sum256([]byte(strings.Join(DrawList(names), "\n") + "\n"))
	return hex.EncodeToString(sum[:])
}

// Lot is the lot of one name.
func Lot(seed, name string) string {
	sum := sha256.Sum256([]byte(seed + ":" + name))
	return hex.EncodeToString(sum[:])
}

// DrawLots draws so many of a list; the same seed and the same names, in whatever order, give the same. It is Invalid to draw by a seed
// that is none, or more than there are, or a name that holds the mark between names.
func DrawLots(seed string, names []string, n int) ([]string, error) {
	list := DrawList(names)
	switch {
	case !seedForm.MatchString(seed):
		return nil, ledger.Fail(ledger.Invalid, text.T("draw.bad_seed", seed))
	case n < 1 || n > len(list):
		return nil, ledger.Fail(ledger.Invalid, text.T("draw.bad_count", n, len(list)))
	}
	for _, name := range list {
		if strings.ContainsAny(name, listMark+"\n") {
			return nil, ledger.Fail(ledger.Invalid, text.T("draw.bad_name", name))
		}
	}
	slices.SortFunc(list, func(x, y string) int { return strings.Compare(Lot(seed, x)+x, Lot(seed, y)+y) })
	return slices.Clone(list[:n]), nil
}

// Draw is one random draw (定期不定人抽查) with all that is needed to draw the same again.
type Draw struct {
	Key        string   `json:"key"`
	Name       string   `json:"name"` // 2016-06-27-grid, as its page is called
	Version    string   `json:"version"`
	Day        Date     `json:"day"`
	Kind       string   `json:"kind"`
	Seed       string   `json:"seed"`
	Algorithm  string   `json:"algorithm"`
	ListDigest string   `json:"list_digest"`
	Names      []string `json:"names"` // the list that was drawn from
	Count      int64    `json:"drawn_count"`
	Result     []string `json:"result"`
	By         string   `json:"drawn_by"`
	Note       string   `json:"note"`

	// Proven says that the stored seed and list give the stored digest and result; Why says what does not, when it is false.
	Proven bool         `json:"proven"`
	Why    text.Message `json:"-"`
	WhyZh  string       `json:"why,omitempty"`
	WhyEn  string       `json:"why_en,omitempty"`
}

// Repeat draws again by the stored seed from a list of names. Another list than the one that was drawn from is refused with what differs,
// and so is an algorithm that this program does not have.
func (d Draw) Repeat(names []string) ([]string, error) {
	if d.Algorithm != DrawAlgorithm {
		return nil, ledger.Fail(ledger.Refused, text.T("draw.other_algorithm", d.Algorithm, DrawAlgorithm))
	}
	if digest := ListDigest(names); digest != d.ListDigest {
		missing, added := without(d.Names, names), without(names, d.Names)
		return nil, ledger.Fail(ledger.Conflict, text.T("draw.other_list", d.Name, namesSaid(missing), namesSaid(added), shortDigest(d.ListDigest), shortDigest(digest)))
	}
	return DrawLots(d.Seed, names, int(d.Count))
}

// prove draws again from the stored list and holds the result against the stored one.
func (d *Draw) prove() {
	again, err := d.Repeat(d.Names)
	var failed *ledger.Error
	switch {
	case err == nil && slices.Equal(again, d.Result):
		d.Proven = true
		return
	case err == nil:
		d.Why = text.T("draw.other_result", namesSaid(again), namesSaid(d.Result))
	case asError(err, &failed):
		d.Why = failed.Message
	}
	d.WhyZh, d.WhyEn = d.Why.In(text.Zh), d.Why.In(text.En)
}

// without are the names of a list that another has not.
func without(list, other []string) []string {
	rest, others := []string{}, DrawList(other)
	for _, n := range DrawList(list) {
		if _, found := slices.BinarySearch(others, n); !found {
			rest = append(rest, n)
		}
	}
	return rest
}

// mostSaid is how many names a sentence lists.
const mostSaid = 8

func namesSaid(names []string) string {
	switch {
	case len(names) == 0:
		return "—"
	case len(names) > mostSaid:
		return strings.Join(names[:mostSaid], listMark) + "…(" + ledger.Int(int64(len(names))).String() + ")"
	}
	return strings.Join(names, listMark)
}

// shortDigest is the beginning of a digest, enough to tell two apart.
func shortDigest(digest string) string { return digest[:min(12, len(digest))] + "…" }
