package text

// patrolPhrases are the words of patrols, their photos and their printed notice.
var patrolPhrases = map[string]phrase{
	"kind.due_before_found":       {"时限早于发现", "due before it was found"},
	"kind.step_before_found":      {"办理早于发现", "step before it was found"},
	"kind.step_before_earlier":    {"办理次序倒置", "steps out of order"},
	"kind.unknown_grid":           {"网格不在名录", "unknown grid"},
	"problem.due_before_found":    {"整改时限 %s 早于巡查日期（应 %s）。", "It is due on %s, before it was found (expected %s)."},
	"problem.step_before_found":   {"日期 %s 早于巡查日期（应 %s）。", "The day %s lies before it was found (expected %s)."},
	"problem.step_before_earlier": {"日期 %s 早于前一环节（应 %s）。", "The day %s lies before the step that comes first (expected %s)."},
	"problem.unknown_grid":        {"%s里没有“%s”；相近的有：%s。", "%s has no %q; the nearest are: %s."},
	"problem.unknown_grid.none":   {"%s里没有“%s”；请先导入网格名录。", "%s has no %q; import the list of grids first."},
	"flow.act.patrol_raise":       {"登记问题", "Record a finding"},
	"flow.act.patrol_hand":        {"交办", "Hand over"},
	"flow.act.patrol_mend":        {"登记整改", "Record what was done"},
	"flow.act.patrol_pass":        {"核查通过", "Pass"},
	"flow.act.patrol_return":      {"退回整改", "Send back"},
	"flow.act.patrol_again":       {"重新交办", "Hand over again"},
	"flow.act.patrol_reopen":      {"重新打开", "Reopen"},
}
