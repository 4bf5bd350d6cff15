package analytics

import (
	"strings"
	"unicode"

	"taizhang/internal/text"
)

// IndustrySection is one of the 20 sections (门类) of GB/T 4754. Its name is the phrase industry.LETTER; the editions of 2011 and 2017
// have the same sections, and differ below them.
type IndustrySection struct {
	Letter string
	// Spellings are the official name, the short ones the statistics office prints, and plain words that can mean nothing else.
	Spellings []string
}

// IndustrySections are the sections in their order.
var IndustrySections = []IndustrySection{
	{"A", []string{"农、林、牧、渔业", "农林牧渔", "农业"}},
	{"B", []string{"采矿业", "采矿"}},
	{"C", []string{"制造业", "制造"}},
	{"D", []string{"电力、热力、燃气及水生产和供应业", "电力、燃气及水的生产和供应业", "电热燃水"}},
	{"E", []string{"建筑业", "建筑"}},
	{"F", []string{"批发和零售业", "批发零售", "批零", "批发业", "零售业", "商贸", "商贸业"}},
	{"G", []string{"交通运输、仓储和邮政业", "交通运输业", "物流", "物流业", "仓储业", "邮政业"}},
	{"H", []string{"住宿和餐饮业", "住宿餐饮", "餐饮业", "餐饮", "住宿业", "酒店业"}},
	{"I", []string{"信息传输、软件和信息技术服务业", "信息传输、计算机服务和软件业", "软件和信息技术服务业", "信息技术服务业", "信息业", "软件业"}},
	{"J", []string{"金融业", "金融", "保险业", "银行业", "证券业"}},
	{"K", []string{"房地产业", "房地产", "地产"}},
	{"L", []string{"租赁和商务服务业", "商务服务业", "租赁业"}},
	{"M", []string{"科学研究和技术服务业", "科学研究、技术服务和地质勘查业", "科研技术服务业"}},
	{"N", []string{"水利、环境和公共设施管理业"}},
	{"O", []string{"居民服务、修理和其他服务业", "居民服务和其他服务业", "居民服务业"}},
	{"P", []string{"教育", "教育业"}},
	{"Q", []string{"卫生和社会工作", "卫生、社会保障和社会福利业", "卫生业", "卫生"}},
	{"R", []string{"文化、体育和娱乐业", "文体娱乐业"}},
	{"S", []string{"公共管理、社会保障和社会组织", "公共管理和社会组织", "公共管理"}},
	{"T", []string{"国际组织"}},
}

// IndustryEdition is the edition of GB/T 4754 in force when a year's sheets were written; that of 2017 took effect in October of its year.
func IndustryEdition(year int) string {
	if year > 2017 {
		return "GB/T 4754—2017"
	}
	return "GB/T 4754—2011"
}

// sectionByWord finds a section's letter by each of its spellings, folded.
var sectionByWord = func() map[string]string {
	all := map[string]string{}
	for _, s := range IndustrySections {
		for _, word := range s.Spellings {
			all[foldIndustry(word)] = s.Letter
		}
	}
	return all
}()

// foldIndustry leaves of a word for an industry only its letters, narrow and in capitals: 、 and 及 or 与 for 和 make no difference.
func foldIndustry(word string) string {
	folded := strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= 0xFEE0
		}
		switch {
		case r == '及' || r == '与' || r == '和' || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return -1
		}
		return unicode.ToUpper(r)
	}, word)
	return strings.TrimPrefix(folded, "门类")
}

// SectionOf tells the letter of the section that a sheet's word names: its letter, a name of it, or both when they agree. Anything else
// is no section: a word that may mean several (服务业, 科技), or a letter of an older edition beside another name.
func SectionOf(word string) (letter string, known bool) {
	folded := foldIndustry(word)
	if letter, known = sectionByWord[folded]; known || folded == "" {
		return letter, known
	}
	named := func(letter, name string) (string, bool) {
		of, known := sectionByWord[name]
		return letter, len(letter) == 1 && letter[0] >= 'A' && letter[0] <= 'T' && (name == "" || known && of == letter)
	}
	if letter, known = named(folded[:1], folded[1:]); known {
		return letter, true
	}
	if letter, known = named(folded[len(folded)-1:], folded[:len(folded)-1]); known {
		return letter, true
	}
	return "", false
}

// SectionName names a section in a reader's language.
func SectionName(letter string, lang text.Lang) string { return text.T("industry." + letter).In(lang) }
