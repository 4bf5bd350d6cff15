// Package text is the one catalogue of what the product says to a person, in
// Simplified Chinese first and in English. Every other package may import it;
// it imports none of them. Code names a phrase by its key and gives the
// arguments; nobody else writes a sentence.
package text

import (
	"fmt"
	"maps"
	"slices"
)

// Lang is a language of the interface.
type Lang string

// The languages of the interface; Zh is the default.
const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Message is a phrase of the catalogue with its arguments, not yet in any language.
type Message struct {
	Key  string
	Args []any
}

// T names a phrase. Arguments that are Messages are rendered in the reader's language.
func T(key string, args ...any) Message { return Message{Key: key, Args: args} }

// In renders the message in a language; an unknown key renders as the key itself,
// which the catalogue's test refuses.
func (m Message) In(lang Lang) string {
	p, ok := catalogue[m.Key]
	if !ok {
		return m.Key
	}
	format := p.zh
	if lang == En {
		format = p.en
	}
	if len(m.Args) == 0 {
		return format
	}
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
		if inner, ok := a.(Message); ok {
			args[i] = inner.In(lang)
		}
	}
	return fmt.Sprintf(format, args...)
}

// IsZero reports whether the message names nothing.
func (m Message) IsZero() bool { return m.Key == "" }

// Known reports whether the catalogue holds a key.
func Known(key string) bool { _, ok := catalogue[key]; return ok }

// Keys lists the catalogue's keys in order.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue)) }

// Parse reads a language tag such as "en", "en-US" or "zh-CN"; anything else is Zh.
func Parse(tag string) Lang {
	if len(tag) >= 2 && (tag[0] == 'e' || tag[0] == 'E') && (tag[1] == 'n' || tag[1] == 'N') {
		return En
	}
	return Zh
}

type phrase struct{ zh, en string }

var catalogue = join(
	errorPhrases,
	problemPhrases,
	commandPhrases,
	pagePhrases,
	figurePhrases,
	statusPhrases,
	picturePhrases,
	economyPhrases,
	helpPhrases,
	importPhrases,
	jobPhrases,
	readingPhrases,
	recognitionPhrases,
	handbackPhrases,
	templatePhrases,
	changePhrases,
	savePhrases,
	planningPhrases,
	schedulePhrases,
	mappingPhrases,
	kindPhrases,
	meetingPhrases,
	indicatorPhrases,
	projectPhrases,
	alertPhrases,
	areaPhrases,
	investmentPhrases,
	resettlementPhrases,
	buildingPhrases,
	taxPhrases,
	bookPhrases,
	exportPhrases,
	apiPhrases,
	indicatorPagePhrases,
	briefingPhrases,
	operationPhrases,
	accessPhrases,
	ssoPhrases,
	auditPhrases,
	gridPhrases,
	enforcementPhrases,
	patrolPhrases,
	casePhrases,
	scorePhrases,
)

func join(parts ...map[string]phrase) map[string]phrase {
	all := map[string]phrase{}
	for _, part := range parts {
		for key, p := range part {
			if _, twice := all[key]; twice {
				panic("text: phrase declared twice: " + key)
			}
			all[key] = p
		}
	}
	return all
}
