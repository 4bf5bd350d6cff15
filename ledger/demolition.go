package ledger

// Demolition is the clearing of a village for its rebuilding (征迁): one row a village and report day.
// Households (户) and areas are counted apart; neither is ever flats (套) or persons (人).
var Demolition = &Dataset{
	Name: "demolition", Zh: "征迁进度", En: "Demolition",
	Subject:   "village",
	Key:       []string{"village", "project", "as_of"},
	Scope:     []string{"as_of"},
	Effective: "as_of",
	Essential: []string{"village", "households_due|area_due_m2", "households_signed|area_signed_m2|households_vacated|area_vacated_m2|households_demolished|area_demolished_m2"},
	Titles:    []string{"征迁", "拆迁", "征收", "征拆", "签约腾空"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "village", Zh: "村（项目）", En: "Village", Kind: Name, Aliases: []string{"村", "村名", "村庄", "项目", "项目名称", "城中村", "片区", "改造村", "征迁项目", "拆迁项目", "征收项目", "村（组）", "所属村", "社区"}},
		{Name: "project", Zh: "所属项目", En: "Project", Kind: Name, Aliases: []string{"改造项目", "对应项目", "所属改造项目", "涉及项目"}},
		{Name: "as_of", Zh: "截至日期", En: "As of", Kind: Date, Edge: Last, Aliases: []string{"填报日期", "统计日期", "数据截至", "截止日期", "报告日期", "上报日期"}},
		{Name: "households_due", Zh: "应征户数", En: "Households due", Unit: "户", Kind: Count, Positive: true, Aliases: []string{"应征收户数", "应签户数", "应签约户数", "应拆迁户数", "应拆户数", "应征迁户数"}},
		{Name: "households_signed", Zh: "已签约户数", En: "Households signed", Unit: "户", Kind: Count, Positive: true, Aliases: []string{"签约户数", "已签户数", "已签协议户数", "签订协议户数", "累计签约户数"}},
		{Name: "households_vacated", Zh: "已腾空户数", En: "Households vacated", Unit: "户", Kind: Count, Positive: true, Aliases: []string{"腾空户数", "已搬迁户数", "搬迁户数", "已腾房户数", "腾房户数"}},
		{Name: "households_demolished", Zh: "已拆除户数", En: "Households demolished", Unit: "户", Kind: Count, Positive: true, Aliases: []string{"拆除户数", "已拆户数", "拆迁户数", "已拆迁户数"}},
		{Name: "area_due_m2", Zh: "应征面积", En: "Area due", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"应征收面积", "应签面积", "应签约面积", "应拆迁面积", "应拆面积", "应征迁面积"}},
		{Name: "area_signed_m2", Zh: "已签约面积", En: "Area signed", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"签约面积", "已签面积", "已签协议面积"}},
		{Name: "area_vacated_m2", Zh: "已腾空面积", En: "Area vacated", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"腾空面积", "已搬迁面积", "已腾房面积", "腾房面积"}},
		{Name: "area_demolished_m2", Zh: "已拆除面积", En: "Area demolished", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"拆除面积", "已拆面积", "已拆迁面积", "拆迁面积"}},
		{Name: "transition_fee_yuan", Zh: "过渡费", En: "Transition fee", Unit: yuan, Kind: Money, Positive: true, Aliases: []string{"过渡安置费", "过渡补助费", "临时安置费", "已发过渡费", "发放过渡费", "过渡费发放"}},
		{Name: "signed_percent", Zh: "签约率", En: "Signed share", Unit: "%", Kind: Percent, Aliases: []string{"签约比例", "签约百分比", "户数签约率"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "demolished_exceeds_vacated", Severity: SeverityError, At: "households_demolished", Rule: AtMost{"households_demolished", "households_vacated"}},
		{Kind: "vacated_exceeds_signed", Severity: SeverityError, At: "households_vacated", Rule: AtMost{"households_vacated", "households_signed"}},
		{Kind: "signed_exceeds_due", Severity: SeverityError, At: "households_signed", Rule: AtMost{"households_signed", "households_due"}},
		{Kind: "demolished_exceeds_vacated", Severity: SeverityError, At: "area_demolished_m2", Rule: AtMost{"area_demolished_m2", "area_vacated_m2"}},
		{Kind: "vacated_exceeds_signed", Severity: SeverityError, At: "area_vacated_m2", Rule: AtMost{"area_vacated_m2", "area_signed_m2"}},
		{Kind: "signed_exceeds_due", Severity: SeverityError, At: "area_signed_m2", Rule: AtMost{"area_signed_m2", "area_due_m2"}},
		{Kind: "percent_out_of_range", Severity: SeverityError, At: "signed_percent", Rule: Between{"signed_percent", 0, 100}},
	},
	Rising: []Rising{{Kind: "signed_decreased", Severity: SeverityWarning, Group: "village", Field: "area_signed_m2"}},
}

// Vacancies are rooms that stand empty (空置房源): one row a room. Lines marked 空置 in a sheet of tenants come here too.
//
// Rows only say that a room was vacant on a day. Whether it still is, is asked when reading:
// a room let in a newer sheet, or left out of a newer list of its building, is vacant no more.
var Vacancies = &Dataset{
	Name: "vacancies", Zh: "空置房源", En: "Vacancies",
	Subject:    "building",
	Key:        []string{"building", "floor", "room"},
	Scope:      []string{"building"},
	Essential:  []string{"building", "room|floor", "area_m2|since|asking_rent"},
	Titles:     []string{"空置", "待租", "可租", "闲置", "招租", "房源", "Vacancies"},
	NeedsTitle: true,
	TitleField: "building",
	UniqueKey:  true,
	Fields: []Field{
		{Name: "building", Zh: "楼宇名称", En: "Building", Kind: Name, Aliases: buildingAliases},
		{Name: "floor", Zh: "楼层", En: "Floor", Kind: Text, Aliases: []string{"所在楼层", "层", "层数", "层号"}},
		{Name: "room", Zh: "房号", En: "Room", Kind: Text, Aliases: []string{"房间号", "房间", "室号", "单元", "单元号", "门牌号", "室", "房间编号", "房源", "房源编号"}},
		{Name: "area_m2", Zh: "空置面积", En: "Vacant area", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"面积", "可租面积", "闲置面积", "建筑面积", "待租面积", "可租售面积", "房源面积"}},
		{Name: "since", Zh: "空置起", En: "Vacant since", Kind: Date, Edge: First, Aliases: []string{"空置时间", "空置日期", "空置开始时间", "闲置时间", "腾退时间", "空置起始日期"}},
		{Name: "asking_rent", Zh: "挂牌租金", En: "Asking rent", Kind: Text, Aliases: []string{"租金", "意向租金", "租金报价", "租金单价", "报价", "租金标准"}},
		noteField,
	},
}

// PaidIn is money that has come in for a project (到位资金明细): one row a project, month or day, and source. Cumulative sheets become single months.
var PaidIn = &Dataset{
	Name: "paid_in", Zh: "到位资金", En: "Paid-in funds",
	Subject:   "project",
	Key:       []string{"project", "period", "period_months", "paid_on", "fund_source", "currency", "voucher"},
	Scope:     []string{"period", "period_months"},
	Effective: "period",
	Essential: []string{"project", "period", "amount"},
	Titles:    []string{"到位资金", "资金到位", "到资", "到账"},
	Pivot:     Pivot{Value: "amount", Period: "period", Label: "fund_source", Day: "paid_on"},
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: append([]string{"招商项目", "招商项目名称", "签约项目名称", "引资项目"}, projectAliases...)},
		{Name: "payer", Zh: "出资方", En: "Payer", Kind: Text, Aliases: []string{"投资方", "出资单位", "投资单位", "投资方名称", "付款单位", "出资人"}},
		{Name: "period", Zh: "到位月份", En: "Month", Kind: Period, Aliases: []string{"月份", "到账月份", "到资月份", "所属月份", "年月", "期间"}},
		{Name: "period_months", Zh: "期间月数", En: "Months", Kind: Count, Hidden: true},
		{Name: "paid_on", Zh: "到位日期", En: "Paid on", Kind: Date, Edge: Last, Aliases: []string{"到账日期", "到账时间", "到位时间", "到资时间", "到资日期", "入账日期", "入账时间"}},
		{Name: "amount", Zh: "到位金额", En: "Amount", Kind: Money, Aliases: []string{"到位资金", "到账金额", "到资额", "实际到位资金", "本月到位", "当月到位", "本月到位资金", "到位额", "实际到位", "金额", "当月到位资金", "到资金额"}},
		{Name: "currency", Zh: "币种", En: "Currency", Kind: Enum, Hidden: true, Aliases: []string{"货币"}},
		{Name: "fund_source", Zh: "资金来源", En: "Source of funds", Kind: Enum, Aliases: []string{"资金类型", "资金性质", "资金类别", "内外资", "来源类型"}, Allowed: []string{"省外资金", "境内域外资金", "外资", "省内资金"},
			Spellings: map[string][]string{"省外资金": {"省外", "省外内资"}, "境内域外资金": {"境内域外", "市外省内"}, "外资": {"境外资金", "外资资金", "利用外资"}, "省内资金": {"省内"}}},
		{Name: "voucher", Zh: "凭证", En: "Voucher", Kind: Text, Aliases: []string{"凭证号", "到资凭证", "佐证材料", "证明材料", "凭证编号", "验资报告", "银行回单"}},
		noteField,
	},
}
