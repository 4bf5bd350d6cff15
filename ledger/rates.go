package ledger

// Rates are exchange rates the office works with (汇率): one row a currency and day. A rate holds from its day until the next one of its currency.
var Rates = &Dataset{
	Name: "rates", Zh: "汇率", En: "Exchange rates",
	Subject:   "currency",
	Key:       []string{"currency", "date"},
	Effective: "date",
	Essential: []string{"currency", "date", "rate_yuan"},
	Titles:    []string{"汇率", "折算率", "中间价"},
	UniqueKey: true,
	Asked:     []string{"rate_yuan", "published_by"},
	Fields: []Field{
		{Name: "currency", Zh: "币种", En: "Currency", Kind: Enum, Aliases: []string{"货币", "外币", "外币名称", "货币名称", "外币币种"},
			Allowed: []string{"USD", "HKD", "EUR", "JPY", "GBP", "TWD", "KRW", "SGD", "AUD", "CAD"},
			Spellings: map[string][]string{"USD": {"美元", "美金"}, "HKD": {"港元", "港币"}, "EUR": {"欧元"}, "JPY": {"日元"}, "GBP": {"英镑"}, "TWD": {"新台币"},
				"KRW": {"韩元"}, "SGD": {"新加坡元"}, "AUD": {"澳元", "澳大利亚元"}, "CAD": {"加元", "加拿大元"}}},
		{Name: "date", Zh: "汇率日期", En: "Day", Kind: Date, Edge: First, Event: true, Aliases: []string{"日期", "公布日期", "汇率月份", "牌价日期", "执行日期"}},
		{Name: "rate_yuan", Zh: "折人民币", En: "In yuan", Unit: yuan, Kind: Number, Positive: true, Aliases: []string{"汇率", "中间价", "人民币中间价", "折算汇率", "折算率", "折合人民币", "人民币汇率"}},
		{Name: "per_units", Zh: "每多少外币", En: "For how many", Kind: Count, Positive: true, Aliases: []string{"外币单位", "每单位外币", "外币数量", "交易单位"}},
		{Name: "published_by", Zh: "来源", En: "Published by", Kind: Text, Aliases: []string{"汇率来源", "数据来源", "出处", "公布机构"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "not_filled", Severity: SeverityError, At: "date", Rule: Filled{"date"}},
		{Kind: "not_filled", Severity: SeverityError, At: "rate_yuan", Rule: Filled{"rate_yuan"}},
	},
}
