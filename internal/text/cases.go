package text

// casePhrases are what is said about complaint cases (投诉举报).
var casePhrases = map[string]phrase{
	"problem.accepted_before_received": {"受理日期 %s 早于接到日期（应 %s）。", "It was accepted on %s before it was received (expected %s)."},
	"problem.closed_before_accepted":   {"结案日期 %s 早于受理日期（应 %s）；未受理的投诉不能结案。", "It was closed on %s before it was accepted (expected %s): a case is accepted first."},
	"problem.closed_unaccepted":        {"%s 已结案，却没有受理日期；先受理，再结案。", "Closed on %s, but never accepted: a case is accepted first."},
	"problem.closed_without_feedback":  {"已结案（%s），却没有反馈日期；没有反馈不能结案。", "Closed (%s) without a day of feedback: nothing closes without feedback."},
	"problem.closed_before_feedback":   {"结案日期 %s 早于反馈日期（应 %s）。", "It was closed on %s before it was fed back (expected %s)."},
	"problem.fed_back_before_accepted": {"反馈日期 %s 早于受理日期（应 %s）。", "It was fed back on %s before it was accepted (expected %s)."},
	"problem.due_before_received":      {"办理期限 %s 早于接到日期（应 %s）。", "It is due on %s before it was received (expected %s)."},
	"problem.postponed_without_reason": {"缓办至 %s，却没有写缓办原因。", "Postponed until %s without a reason."},
	"problem.postponed_before_due":     {"缓办至 %s 不晚于办理期限（应 %s），不起作用。", "Postponed until %s, which is not after the day it is due (expected %s): without effect."},

	"kind.accepted_before_received": {"受理早于接到", "accepted before received"}, "kind.closed_before_accepted": {"结案早于受理", "closed before accepted"},
	"kind.closed_unaccepted": {"未受理即结案", "closed, never accepted"}, "kind.closed_without_feedback": {"无反馈即结案", "closed without feedback"},
	"kind.closed_before_feedback": {"结案早于反馈", "closed before feedback"}, "kind.fed_back_before_accepted": {"反馈早于受理", "feedback before accepted"},
	"kind.due_before_received": {"期限早于接到", "due before received"}, "kind.postponed_without_reason": {"缓办没有原因", "postponed without reason"}, "kind.postponed_before_due": {"缓办不晚于期限", "postponed before due"},

	"template.rule.needs":    {"填了“%s”就要填“%s”。", "Where %q is filled, %q is too."},
	"template.rule.needs_at": {"“%s”为“%s”时要填“%s”。", "Where %q is %q, %q is filled."},

	"report.cases": {"投诉举报", "Complaint cases"}, "report.case": {"投诉件", "Complaint case"},
}
