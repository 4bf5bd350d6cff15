package analytics

import (
	"testing"

	"taizhang/internal/text"
)

func TestSectionsOfIndustries(t *testing.T) {
	for word, want := range map[string]string{
		"金融业": "J", "金融": "J", "J": "J", "j 金融业": "J", "J金融业": "J", "金融业（J）": "J", "Ｊ": "J", "商贸": "F", "批发与零售业": "F",
		"信息传输、软件和信息技术服务业": "I", "信息传输软件及信息技术服务业": "I", "电力、热力、燃气及水生产和供应业": "D", "餐饮": "H",
		// Several sections, none, a letter of the edition of 2002, an unknown letter, nothing.
		"服务业": "", "科技": "", "总部经济": "", "F交通运输、仓储和邮政业": "", "U": "", "": "", "咨询": "",
	} {
		if got, _ := SectionOf(word); got != want {
			t.Errorf("%q is of section %q, want %q", word, got, want)
		}
	}
}

func TestEverySectionIsTheStandards(t *testing.T) {
	if len(IndustrySections) != 20 {
		t.Fatalf("%d sections", len(IndustrySections))
	}
	seen := map[string]string{}
	for i, s := range IndustrySections {
		if s.Letter != string(rune('A'+i)) {
			t.Errorf("section %d is %s", i, s.Letter)
		}
		if letter, _ := SectionOf(SectionName(s.Letter, text.Zh)); letter != s.Letter {
			t.Errorf("%s is called %s, which is not met again", s.Letter, SectionName(s.Letter, text.Zh))
		}
		for _, word := range s.Spellings {
			if other := seen[foldIndustry(word)]; other != "" {
				t.Errorf("%s is written for %s and %s", word, other, s.Letter)
			}
			seen[foldIndustry(word)] = s.Letter
		}
	}
	if IndustryEdition(2016) != "GB/T 4754—2011" || IndustryEdition(2018) != "GB/T 4754—2017" {
		t.Error("editions")
	}
}
