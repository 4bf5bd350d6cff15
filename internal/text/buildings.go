package text

// buildingPhrases are what the pages of buildings say beside their figures.
var buildingPhrases = map[string]phrase{
	"building.bad_since": {"对比日期“%s”无法使用：请写成 2015-12-31，并早于 %s。", "Cannot compare with “%s”: write it as 2015-12-31, before %s."},
	"building.bad_word":  {"楼宇页面没有“%s”这个筛选、排序或表。", "The pages of buildings have no filter, order or table “%s”."},

	"page.room.floor": {"%s层", "floor %s"}, "page.room.no_floor": {"楼层未注明", "floor not stated"}, "page.room.vacant": {"空置", "Vacant"}, "page.room.vacant_m2": {"空置 %s", "vacant %s"},
	"page.room.let_m2": {"已租 %s", "let %s"}, "page.room.since": {"%s 起空置", "vacant since %s"}, "page.room.rent": {"挂牌租金 %s", "asking rent %s"}, "page.room.told": {"据 %s 房源表", "by the list of %s"},
	"page.room.no_area": {"面积未填", "area not stated"}, "page.room.shared": {"与 %s 合用", "shared with %s"}, "page.room.firm_in_all": {"本楼共 %d 处、%s", "in all %d rooms here, %s"},
	"page.room.lease_over": {"租约 %s 已到期", "lease over since %s"}, "page.room.industry_none": {"行业未注明", "industry not stated"}, "page.room.tax_of_firm": {"企业税收 %s", "the firm's tax %s"},
	"page.room.help": {"点选或用方向键移到某一格，这里显示企业、面积、租约和税收。", "Tap a room, or move with the arrow keys: its firm, area, lease and tax are shown here."}, "page.room.source": {"看来源", "Source"},
	"page.room.unplaced": {"另有空置 %s 未列明楼层和房号，只计入全楼，不画在楼层里。", "Another %s are vacant with no floor or room on record: counted for the building, drawn on no floor."},
	"page.room.unlisted": {"没有空置房源表：空置 %s 只有全楼数，楼层里不画。", "No list of vacant rooms: %s are vacant in the building, drawn on no floor."},
	"page.room.totals":   {"各层总面积没有记录：条宽为已租加已列空置，以最宽一层为准。", "No sheet states the size of a floor: a line is as wide as what is let and listed vacant, against the widest."},

	"page.paint.expiry": {"按租约到期年份", "by the year the lease ends"}, "page.paint.tax": {"按企业本年累计税收，一家企业各处同色", "by the firm's tax this year; one colour wherever it sits"}, "page.paint.industry": {"面积最大的五个行业各一色", "the five industries with the most area"},
	"page.paint.unstated": {"未注明", "Not stated"},

	"page.moves.since": {"自 %s 以来", "since %s"}, "page.moves.label": {"对比日期", "Compare with"}, "page.moves.go": {"对比", "Compare"}, "page.moves.look": {"回看", "Look back"},
	"page.moves.in": {"迁入", "Moved in"}, "page.moves.out": {"迁出", "Moved out"}, "page.moves.area": {"面积变化", "Area"}, "page.moves.room": {"换房", "Other room"}, "page.moves.lease": {"换约", "New lease"},
	"page.moves.sum":     {"迁入 %d 家 %s，迁出 %d 家 %s，留驻企业增减 %s，净 %s。", "In: firms %d, %s; out: firms %d, %s; those who stayed %s; net %s."},
	"page.moves.dates":   {"当日及以前没有入驻企业表，只按入驻、迁出日期计。", "No list of tenants speaks of that day or before: by the dates of moving in and out alone."},
	"page.moves.nothing": {"%s 及以前没有入驻企业表，也没有此后的入驻、迁出日期，无从对比。", "No list of tenants speaks of %s or before, and no date of moving in or out since: nothing to compare."},
	"page.moves.none":    {"没有变化。", "Nothing changed."},

	"page.why.tax_falling": {"税收降 %s%%（%s → %s）", "tax down %s%% (%s → %s)"}, "page.why.lease_ending": {"租约 %s 到期，剩 %s 天", "lease ends %s, %s days left"}, "page.why.lease_over": {"租约 %s 已到期", "lease over since %s"},
	"page.why.registered_elsewhere": {"未在本地注册", "not registered here"}, "page.why.registered_at": {"注册在 %s", "registered at %s"}, "page.why.taxed_elsewhere": {"未在本地纳税", "not taxed here"}, "page.why.taxed_at": {"纳税在 %s", "taxed at %s"},
	"page.why.none_paid": {"无记录", "none on record"},
	"page.watch.sum":     {"共 %d 家，其中两条以上理由 %d 家；涉及面积 %s、本年税收 %s。", "Firms %d, %d of them for two reasons or more; area at stake %s, tax this year %s."},
	"page.watch.limits":  {"理由：同月税收降 %s%% 以上且超过 %s；%d 天内或已到期；未在本地注册；未在本地纳税。", "Reasons: tax of the same months down %s%% or more and by %s; lease over or ending within %d days; not registered here; not taxed here."},
	"page.watch.more":    {"此处列前 %d 家，全部见 CSV。", "The first %d stand here; the CSV has all."},

	"page.expiry.wale": {"加权剩余租期 %s（按面积；已到期计 0：%s 份；未定期不计：%s 份）", "weighted lease left %s (by area; over counts 0: %s; open-ended left out: %s)"},

	"page.card.watch": {"离场预警", "May leave"}, "page.card.watch.hint": {"理由多的在前", "the most reasons first"}, "page.card.moves": {"进出对比", "Moves"}, "page.empty.watch": {"没有需要留意的企业", "No firm to watch"}, "page.empty.watch.do": {"有税收下降、租约到期、注册或纳税在外的企业时列在这里。", "Firms whose tax falls, whose lease ends or that are registered or taxed elsewhere stand here."},
	"page.col.why": {"理由", "Reasons"}, "page.col.move": {"变化", "Move"}, "page.col.was_area": {"原面积", "Area then"}, "page.col.now_area": {"现面积", "Area now"}, "page.col.delta_area": {"增减", "Change"}, "page.col.rooms": {"房号", "Rooms"},

	"page.kpi.moved": {"净增面积", "Net area moved in"}, "page.kpi.watched": {"离场预警", "May leave"},
	"page.economy.on_year": {"较上年 %s", "on last year %s"}, "page.economy.local_tax": {"纳税率 %s，按税额 %s", "taxed here %s, by amount %s"}, "page.economy.per_m2": {"单位面积 %s（总建筑面积）", "per m² of gross area %s"},
	"page.economy.hq_tax": {"税收 %s，占 %s", "tax %s, %s of all"}, "page.economy.several": {"两条以上理由 %d 家", "for two reasons or more: %d"}, "page.economy.at_stake": {"涉及 %s、税收 %s", "at stake %s, tax %s"},
	"page.economy.no_earlier": {"没有更早的入驻企业表", "no earlier list of tenants"}, "page.economy.in": {"迁入 %d 家 %s", "in: %d, %s"}, "page.economy.out": {"迁出 %d 家 %s", "out: %d, %s"},
	"page.economy.in_out": {"入 %s 出 %s", "in %s out %s"}, "page.economy.rate": {"空置率 %s%%", "vacancy %s%%"}, "page.economy.by_amount": {"按税额 %s%%", "by amount %s%%"}, "page.economy.firms": {"%s 家", "%s firms"},
	"page.economy.list_hint": {"入驻率与 %s 比；净增自 %s 起；税收同月相比，不折算全年", "occupancy against %s; net area since %s; tax of the same months, a part year not scaled up"},
	"page.economy.none":      {"没有符合条件的楼宇。", "No building meets the filters."}, "page.economy.none_of_reason": {"没有因此预警的企业。", "No firm for this reason."},
	"page.economy.sort": {"排序", "Order"}, "page.economy.search": {"楼宇、地址、商圈", "Building, address, circle"}, "page.economy.chosen": {"自动：%s", "chosen: %s"},
	"page.economy.circles_note": {"入驻率只算两项面积都有的楼宇；单位面积税收只算有建筑面积的楼宇。", "Occupancy of buildings with both areas known; tax per m² of those with a gross area."},
	"page.economy.hq_note":      {"占比为占全部入驻企业本年累计税收（含不在本楼申报的）；一家企业在几栋楼各列一行，合计只计一次。", "Share of the tax of all firms in the buildings, wherever declared; a firm in several buildings has a line in each and counts once in all."},
	"page.tier.none":            {"其余", "Below"},
	"page.sort.register":        {"台账顺序", "As in the register"}, "page.sort.net": {"流失面积最多", "Most area lost"}, "page.sort.occupancy": {"入驻率最低", "Lowest occupancy"}, "page.sort.occupancy_change": {"入驻率降幅最大", "Occupancy fell most"},
	"page.sort.vacant": {"空置最多", "Most vacant"}, "page.sort.registration": {"注册率最低", "Lowest registration"}, "page.sort.local_tax": {"纳税率最低", "Fewest taxed here"}, "page.sort.tax": {"税收最多", "Most tax"},
	"page.sort.growth": {"税收降幅最大", "Tax fell most"}, "page.sort.tax_per_m2": {"单位面积税收最高", "Most tax per m²"}, "page.sort.watched": {"预警面积最大", "Most area at stake"},
	"page.reason.several": {"两条以上", "Two or more"}, "page.reason.tax_falling": {"税收下降", "Tax falling"}, "page.reason.lease_ending": {"租约将到期", "Lease ending"}, "page.reason.lease_over": {"租约已到期", "Lease over"},
	"page.reason.registered_elsewhere": {"注册在外", "Registered elsewhere"}, "page.reason.taxed_elsewhere": {"纳税在外", "Taxed elsewhere"},

	"page.card.circles": {"商圈", "Business circles"}, "page.card.circles.hint": {"点商圈只看该商圈楼宇", "pick one to narrow the list"}, "page.card.headquarters": {"总部企业", "Headquarters"}, "page.empty.headquarters": {"没有总部企业", "No headquarters"},
	"page.empty.headquarters.do": {"入驻企业表里总部型一栏有填的企业列在这里。", "Firms whose line names a kind of headquarters stand here."},
	"page.col.circle":            {"商圈", "Business circle"}, "page.col.buildings": {"楼宇", "Buildings"}, "page.col.net_area": {"净增", "Net"}, "page.col.watched": {"预警", "May leave"}, "page.col.hq_kind": {"总部型", "Kind"},
}
