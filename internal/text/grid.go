package text

// gridPhrases are the sentences of the grids (网格) and of their page.
var gridPhrases = map[string]phrase{
	"problem.unknown_grid":      {"%s里没有“%s”；相近的有：%s。", "%s has no %q; the nearest are: %s."},
	"problem.unknown_grid.none": {"%s里没有“%s”；请先登记网格。", "%s has no %q; record the grid first."},
	"grid.no_community":         {"没有名为“%s”的社区。", "There is no community %q."},
	"report.grid":               {"网格管理", "Grids"},
	"api.of.grid":               {"网格、网格长、力量与巡查覆盖", "grids, their owners, forces and coverage"},
	"api.word.community":        {"只看一个社区", "of one community alone"},
	"page.rail.street":          {"城市管理", "City management"}, "page.title.grid": {"网格管理", "Grids"}, "page.filter.community": {"社区", "Community"},

	"figure.unit.grids": {"个", "grids"}, "figure.unit.people": {"人", "people"}, "figure.unit.ten_thousand": {"万", "0,000"},
	"figure.said.at_least": {"%s余", "%s+"}, "figure.said.below": {"近%s", "just under %s"}, "figure.said.about": {"约%s", "about %s"},

	"page.kpi.grids": {"责任网格", "Grids of duty"}, "page.kpi.grid_people": {"服务人口", "People"}, "page.kpi.grid_load": {"每网格人数", "People per grid"},
	"page.kpi.grid_heads": {"网格力量", "Forces"}, "page.kpi.grid_week": {"近7天巡查覆盖", "Patrolled in 7 days"}, "page.kpi.grid_gaps": {"缺口", "Gaps"},
	"page.grid.key_areas": {"重点监管区域 %d 个", "key areas: %d"}, "page.grid.within": {"%d 个社区（管委会）· %s", "%d communities · %s"}, "page.grid.people": {"常住 %s + 流动 %s", "%s residents + %s floating"},
	"page.grid.forces": {"%d 种力量", "%d forces"}, "page.grid.today": {"当日 %s", "on the day %s"}, "page.grid.no_patrols": {"还没有巡查记录，不计覆盖率", "no patrols recorded, so no coverage"},
	"page.grid.gaps.note": {"%d 个网格缺网格长", "grids lacking an owner: %d"},

	"page.card.grid_coverage": {"每日巡查覆盖", "Coverage by day"}, "page.card.grid_coverage.hint": {"当日有巡查的网格 ÷ 网格总数 · %", "grids with a patrol that day / grids, %"},
	"page.card.grid_weeks": {"每7天覆盖", "Coverage by seven days"}, "page.card.grid_weeks.hint": {"止于截至日", "ending on the day"}, "page.grid.unrecorded": {"没有任何巡查记录的时段显示“—”，不作0计。", "A time without any recorded patrol is — and not 0."},
	"page.card.grid_gaps": {"配备缺口", "What is lacking"}, "page.card.grid_gaps.hint": {"按截至日在任情况", "by who is in office on the day"}, "page.grid.no_gaps": {"没有缺口。", "Nothing is lacking."},
	"page.card.grid_unpatrolled": {"近7天未巡查", "Not patrolled in 7 days"}, "page.grid.unpatrolled": {"%d / %d 个网格", "%d of %d grids"}, "page.grid.all_patrolled": {"近7天每个网格都有巡查。", "Every grid was patrolled in the seven days."},
	"page.card.grid_communities": {"分社区", "By community"}, "page.card.grid_communities.hint": {"面积与人口按责任网格合计；覆盖率为近7天", "area and people of the grids of duty; coverage in 7 days"},
	"page.card.grid_forces": {"网格力量", "Forces"}, "page.card.grid_forces.hint": {"余、近、约照填报", "qualifiers as reported"},
	"page.card.grids": {"网格与四级网格长", "Grids and their owners"}, "page.card.grids.hint": {"按截至日在任；点姓名看来源", "in office on the day; a name leads to its source"},

	"page.empty.grids": {"还没有网格台账", "No grids yet"}, "page.empty.grids.do": {"导入网格台账（网格名称、所属社区、类别、面积、人口）后显示。", "Import the grids: name, community, kind, area, people."},
	"page.empty.grid_patrols": {"还没有巡查记录", "No patrols yet"}, "page.empty.grid_patrols.do": {"导入或登记巡查后计算覆盖率；没有记录不等于覆盖率为0。", "Coverage is worked out once patrols are recorded; no record is not 0 %."},
	"page.empty.grid_forces": {"还没有网格力量", "No forces yet"}, "page.empty.grid_forces.do": {"导入力量配备表（力量、人数）后显示。", "Import the forces with their heads."},

	"page.col.grid_name": {"网格", "Grid"}, "page.col.grid_kind": {"类别", "Kind"}, "page.col.grid_community": {"社区", "Community"}, "page.col.grid_residents": {"常住", "Residents"}, "page.col.grid_floating": {"流动", "Floating"},
	"page.col.grid_head": {"党政正职", "Head"}, "page.col.grid_first": {"一级网格长", "First level"}, "page.col.grid_second": {"二级网格长", "Second level"}, "page.col.grid_third": {"三级网格长", "Third level"},
	"page.col.grid_last": {"最近巡查", "Last patrol"}, "page.col.grid_week_patrols": {"近7天次数", "In 7 days"}, "page.col.grid_since": {"已隔", "Since"}, "page.col.grid_gap": {"缺什么", "What is lacking"},
	"page.col.grid_force": {"力量", "Force"}, "page.col.grid_heads": {"人数", "Heads"}, "page.col.grid_run_by": {"管理单位", "Run by"}, "page.col.grid_duties": {"职责", "Duty"}, "page.col.grid_patrols": {"巡查次数", "Patrols"},
	"page.col.grid_patrolled": {"有巡查", "Patrolled"}, "page.col.grid_of": {"网格总数", "Of"}, "page.col.grid_share": {"覆盖率", "Coverage"}, "page.col.grid_key_share": {"重点区域", "Key areas"}, "page.col.grid_seven_days": {"时段", "Days"},
	"page.col.grid_duty": {"责任网格", "Grids"}, "page.col.grid_key": {"重点区域", "Key areas"}, "page.col.grid_load": {"每网格人数", "People per grid"},
	"page.chart.grid_duty": {"责任网格", "Grids of duty"}, "page.chart.grid_key": {"重点监管区域", "Key areas"},

	"page.grid.gap.no_owner": {"没有在任的%s", "nobody in office as %s"}, "page.grid.gap.too_many": {"一人负责 %d 个网格（上限 %d）", "one person for %d grids (limit %d)"}, "page.grid.gap.force_empty": {"没有人员", "no people"},
	"page.grid.gap.no_grid": {"没有划分网格", "no grid"}, "page.grid.gap.unknown_grid": {"名册里的网格不在网格台账", "the grid is not in the dictionary"}, "page.grid.vacant": {"空缺", "vacant"}, "page.grid.since": {"%s起", "from %s"},

	"indicator.grid_coverage": {"巡查覆盖率", "Coverage of grids"}, "indicator.grid_coverage.formula": {"时段内有巡查的责任网格 ÷ 责任网格总数", "grids of duty with a patrol in the time / grids of duty"},
	"indicator.grid_coverage.edges": {"时段内没有任何巡查记录时为“—”，不作0计；重点监管区域另计。", "— where nobody recorded a patrol in the time, never 0; key areas are counted apart."},
	"indicator.people_per_grid":     {"每网格人数", "People per grid"}, "indicator.people_per_grid.formula": {"（常住人口 + 流动人口）÷ 责任网格数", "(residents + floating people) / grids of duty"},
	"indicator.people_per_grid.edges": {"重点监管区域在责任网格之内，不重复计人。", "Key areas lie within the grids of duty and add nobody."},

	"alert.kind.grid_unowned": {"网格缺网格长", "Grid without an owner"}, "alert.kind.grid_unpatrolled": {"网格久未巡查", "Grid not patrolled"},
	"alert.says.grid_unowned":         {"%s：没有在任的%s", "%s: nobody in office as %s"},
	"alert.says.grid_unpatrolled":     {"最近一次巡查在 %s，已 %d 天没有巡查（阈值 %s 天）", "The last patrol was on %s, days without one: %d (threshold %s)"},
	"alert.says.grid_never_patrolled": {"%s 有巡查记录以来从未巡查，已 %d 天（阈值 %s 天）", "Never patrolled since records began on %s, days: %d (threshold %s)"},
}
