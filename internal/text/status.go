package text

// statusPhrases say why a project's light has its colour and why a plan cannot be computed.
var statusPhrases = map[string]phrase{
	"status.and":           {"；", "; "},
	"status.unknown":       {"没有可据以判断的数据", "Nothing is known to judge by"},
	"status.gap.behind":    {"完成率低于序时 %s 个百分点", "Completion is %s points behind time progress"},
	"status.gap.ahead":     {"完成率高于序时 %s 个百分点", "Completion is %s points ahead of time progress"},
	"status.gap.level":     {"完成率 %s%%，与序时持平", "Completion is %s%%, level with time progress"},
	"status.start.done":    {"已于 %s 开工", "Started on %s"},
	"status.start.waiting": {"计划 %s 开工，未到期", "Planned to start in %s, not yet due"},
	"status.start.late":    {"计划 %s 开工，已过 %d 个月未开工", "Planned to start in %s; not started, months past: %d"},
	"status.late.none":     {"节点均未拖期", "No milestone is late"},
	"status.late.done":     {"“%s”计划 %s，实际 %s，晚 %d 天", "“%s” was planned for %s and finished on %s, days late: %d"},
	"status.late.forecast": {"“%s”计划 %s，预计 %s，晚 %d 天", "“%s” is planned for %s and forecast for %s, days late: %d"},
	"status.late.open":     {"“%s”计划 %s 完成，已逾期 %d 天", "“%s” was planned for %s and is not finished, days overdue: %d"},
	"status.float":         {"“%s”最晚 %s，预计 %s，总时差 %d 天", "“%s”: latest %s, expected %s, total float in days: %d"},
	"status.money.level":   {"资金进度 %s%%，形象进度 %s%%", "Money %s%%, works %s%%"},
	"status.money.ahead":   {"资金进度 %s%%，形象进度 %s%%，实施滞后 %s 个百分点", "Money %s%%, works %s%%: works are %s points behind"},
	"status.stale.fresh":   {"最近填报 %s", "Last entry on %s"},
	"status.stale.old":     {"最近填报 %s，已 %d 天未更新", "Last entry on %s, days without an update: %d"},
	"status.stale.lost":    {"失联：最近填报 %s，已 %d 天未更新", "Out of touch: last entry on %s, days without an update: %d"},
	"schedule.cycle":       {"前置节点成环：%s", "The predecessors form a cycle: %s"},
	"schedule.unknown":     {"节点“%s”的前置节点“%s”不存在", "Node %q names a predecessor %q that does not exist"},
	"schedule.negative":    {"节点“%s”的工期是负数：%d 天", "Node %q has a negative duration: %d days"},
	"schedule.no_duration": {"节点“%s”没有工期，也没有计划起止日期", "Node %q has neither a duration nor planned dates"},
	"schedule.no_deadline": {"没有交付期限，无法倒排", "Without a deadline nothing can be scheduled backwards"},
}
