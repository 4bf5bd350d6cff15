package ledger

// AcknowledgeDays is how long an alert may be acknowledged unless the office says otherwise.
const AcknowledgeDays = 90

// Acknowledgements are alerts that somebody has taken note of (预警确认): one row an alert, with its reason, the person and the day it
// comes back; a later acknowledgement of the same alert takes its place, the earlier ones stay in the record.
var Acknowledgements = &Dataset{
	Name: "acknowledgements", Zh: "预警确认", En: "Acknowledged alerts",
	Subject:   "alert",
	Key:       []string{"alert"},
	Effective: "from",
	Essential: []string{"alert", "reason", "person", "until"},
	Titles:    []string{"预警确认", "预警台账"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "alert", Zh: "预警编号", En: "Alert", Kind: Text, Aliases: []string{"预警代码"}},
		{Name: "about", Zh: "预警内容", En: "About", Kind: Text, OfFirm: "alert", Aliases: []string{"预警事项"}},
		// Many alerts are about one payer: what is said of them is hidden as its figures are.
		// What stood when it was acknowledged: a figure that has become worse since brings the alert back.
		{Name: "figure", Zh: "确认时数值", En: "Figure", Kind: Number, OfFirm: "alert", Aliases: []string{"预警数值"}},
		{Name: "severity", Zh: "确认时级别", En: "Severity", Kind: Enum, Allowed: []string{"红色", "黄色"}, Aliases: []string{"预警级别"}},
		{Name: "reason", Zh: "确认理由", En: "Reason", Kind: Text, OfFirm: "alert", Aliases: []string{"预警确认理由", "处置说明"}},
		{Name: "person", Zh: "确认人", En: "Acknowledged by", Kind: Text, Aliases: []string{"预警确认人"}},
		{Name: "from", Zh: "确认日期", En: "From", Kind: Date, Edge: First, Event: true, Aliases: []string{"预警确认日期"}},
		{Name: "until", Zh: "确认有效期至", En: "Until", Kind: Date, Edge: Last, Aliases: []string{"确认失效日期"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "not_filled", Severity: SeverityError, At: "reason", Rule: Filled{"reason"}},
		{Kind: "not_filled", Severity: SeverityError, At: "person", Rule: Filled{"person"}},
		{Kind: "not_filled", Severity: SeverityError, At: "until", Rule: Filled{"until"}},
		{Kind: "override_span", Severity: SeverityError, At: "until", Rule: Lasts{"until", "from", AcknowledgeDays}},
	},
}
