package text_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"taizhang/internal/text"
)

var (
	inCode  = regexp.MustCompile(`\b(?:text\.T|say|t)\((?:[a-zA-Z.]+, )?"([a-z_]+\.[a-zA-Z0-9_.]+)"`)
	inViews = regexp.MustCompile(`\{\{[^}]*?\b(?:t|tr|say|text)\b[^"}]*"([a-z_]+\.[a-zA-Z0-9_.]+)"`)
	verb    = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]`)
)

// TestEveryPhraseUsedIsInTheCatalogue reads the sources: a key nobody declared would be shown to a person as it is.
func TestEveryPhraseUsedIsInTheCatalogue(t *testing.T) {
	root := filepath.Join("..", "..")
	found := 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "node_modules" || name == ".git" || name == "data" || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		pattern := inCode
		switch {
		case strings.HasSuffix(path, "_test.go"):
			return nil
		case strings.HasSuffix(path, ".html"):
			pattern = inViews
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range pattern.FindAllStringSubmatch(string(content), -1) {
			found++
			if !text.Known(m[1]) && !strings.HasSuffix(m[1], ".") {
				t.Errorf("%s uses %q, which the catalogue lacks", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d uses found: the pattern misses them", found)
	}
}

// TestBothLanguagesSayTheSameThings asks for both languages and the same arguments in each.
func TestBothLanguagesSayTheSameThings(t *testing.T) {
	for _, key := range text.Keys() {
		zh, en := text.T(key).In(text.Zh), text.T(key).In(text.En)
		if zh == "" || en == "" {
			t.Errorf("%s lacks a language", key)
		}
		args := make([]any, max(verbs(zh), verbs(en)))
		for i := range args {
			args[i] = argument{}
		}
		for _, lang := range []text.Lang{text.Zh, text.En} {
			if said := text.T(key, args...).In(lang); strings.Contains(said, "%!") {
				t.Errorf("%s in %s with %d arguments: %s", key, lang, len(args), said)
			}
		}
	}
}

// argument stands for any value: it renders under every verb.
type argument struct{}

// Format renders the argument.
func (argument) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("x")) }

// verbs is how many arguments a phrase takes; %[2]s takes the second wherever it stands.
func verbs(s string) int {
	next, most := 0, 0
	for _, m := range verb.FindAllStringSubmatch(strings.ReplaceAll(s, "%%", ""), -1) {
		next++
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = n
		}
		most = max(most, next)
	}
	return most
}

func TestArgumentsAreRenderedInTheReadersLanguage(t *testing.T) {
	m := text.T("problem.not_spreadsheet", text.T("problem.is_text"))
	if got := m.In(text.En); !strings.Contains(got, "plain text") {
		t.Errorf("inner message: %s", got)
	}
}
