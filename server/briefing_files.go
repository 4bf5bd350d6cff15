package server

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// briefingForms are the forms of the briefing's files, in the order in which they are written.
var briefingForms = []string{docxFormat, pdfFormat, bookFormat}

// readForms reads a list of forms between commas; empty is all.
func readForms(list string) ([]string, error) {
	var forms []string
	for _, one := range strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return strings.ContainsRune(",，、; ", r) }) {
		if !slices.Contains(briefingForms, one) {
			return nil, ledger.Fail(ledger.Invalid, text.T("snapshot.bad_form", one, strings.Join(briefingForms, ", ")))
		}
		if !slices.Contains(forms, one) {
			forms = append(forms, one)
		}
	}
	if len(forms) == 0 {
		return briefingForms, nil
	}
	return forms, nil
}

// paperFile is a file of the briefing, or why it could not be made.
type paperFile struct {
	Name string
	Body []byte
	Err  error
}

// filed is what the briefing is written with where no page is asked for.
type filed struct {
	fonts     charts.Fonts
	lang      text.Lang
	elsewhere string // the sub-district when it is not the deployment's own
	forms     []string
}

// files makes the briefing's files as the page of its meeting would.
func (f filed) files(ctx context.Context, q analytics.Question, ans *analytics.Briefing) []paperFile {
	base := page{Key: "briefing", Lang: f.lang, Area: ans.Area, Question: briefingQuestion(q, ans), Stamp: ans.Foot(), path: "/briefing", whole: true,
		words: url.Values{}, own: url.Values{}}
	if f.elsewhere != "" {
		base.words.Set(areaWord, f.elsewhere)
	}
	p := newBriefing(base.ofMeeting(ans), ans)
	var list []paperFile
	for _, form := range f.forms {
		body, err := p.write(ctx, f.fonts, form)
		list = append(list, paperFile{p.fileName(form), body, err})
	}
	return list
}

// ofMeeting is the page as its files name it: by the meeting and the clocks it stands under, however it was asked for.
func (p page) ofMeeting(ans *analytics.Briefing) page {
	p.own = url.Values{briefingWord: {ans.Meeting.Date.String()}}
	words := url.Values{}
	if area := p.words.Get(areaWord); area != "" {
		words.Set(areaWord, area)
	}
	p.words = words
	return p
}

// placed says what became of a file that was to be put into a folder.
type placed string

const (
	placedNew  placed = "new"
	placedSame placed = "same" // it lay there already, byte by byte
)

// place puts a file into a folder, whole or not at all. One of the same name is never overwritten: when it says something else that is an error.
func place(dir string, file paperFile) (placed, error) {
	path := filepath.Join(dir, filepath.Base(file.Name))
	if old, err := os.ReadFile(path); err == nil {
		if bytes.Equal(old, file.Body) {
			return placedSame, nil
		}
		return "", ledger.Fail(ledger.Conflict, text.T("snapshot.differs", path))
	} else if !errors.Is(err, os.ErrNotExist) {
		return "", &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.cannot_write", path), Cause: err}
	}
	temp, err := os.CreateTemp(dir, ".taizhang-*")
	if err != nil {
		return "", &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.cannot_write", path), Cause: err}
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(file.Body)
	err = errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close())
	if err == nil {
		// A link refuses a name that somebody took in the meantime; a share may know no links.
		if err = os.Link(temp.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
			err = os.Rename(temp.Name(), path)
		}
	}
	if err != nil {
		return "", &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.cannot_write", path), Cause: err}
	}
	return placedNew, nil
}
