package analytics

import (
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// buildingsParts are the tables of the list of buildings, the first when none is named; buildingParts those of one building.
var (
	buildingsParts = []string{"buildings", "circles", "watch", "hq", "expiry"}
	buildingParts  = []string{"units", "vacant", "moves", "watch", "hq", "expiry"}
)

// Table is one line a building, or the part that the filter names: circles, watch, hq or expiry.
func (ans *BuildingsAnswer) Table() Table {
	switch ans.Filter.Part {
	case "circles":
		return circleTable(ans.Circles)
	case "watch":
		return firmTable(ans.Watch)
	case "hq":
		return firmTable(ans.Headquarters)
	case "expiry":
		return expiryTable(ans.Expiry)
	}
	t := Table{Columns: []Column{
		{"building", "楼宇名称", "Building", ""}, {"district", "商圈", "Business circle", ""}, {"gross_area_m2", "总建筑面积", "Gross area", "㎡"},
		{"lettable_area_m2", "可租售面积", "Lettable area", "㎡"}, {"let_area_m2", "已租售面积", "Let area", "㎡"},
		{"vacant_area_m2", "空置面积", "Vacant area", "㎡"}, {"occupancy_percent", "入驻率", "Occupancy", "%"}, {"vacancy_percent", "空置率", "Vacancy", "%"},
		{"last_year_occupancy_percent", "上年同日入驻率", "Occupancy a year before", "%"}, {"occupancy_change_points", "入驻率变化", "Change of occupancy", "百分点"}, {"firms", "入驻企业", "Firms", "家"},
		{"registered_firms", "本地注册", "Registered here", "家"}, {"registration_percent", "属地注册率", "Registration", "%"},
		{"local_tax_firms", "本地纳税", "Taxed here", "家"}, {"local_tax_percent", "属地纳税率", "Taxed here", "%"}, {"local_tax_amount_percent", "属地纳税率（按税额）", "Taxed here, by amount", "%"},
		{"tax_yuan", "税收", "Tax", "元"}, {"last_year_tax_yuan", "上年同期税收", "Tax, same months last year", "元"}, {"tax_per_m2", "单位面积税收", "Tax per m2", "元/㎡"}, {"tax_growth_percent", "税收同比", "Tax growth", "%"},
		{"tier", "等级", "Tier", ""}, {"last_year_tier", "上年等级", "Tier last year", ""}, {"in_m2", "迁入面积", "Moved in", "㎡"}, {"out_m2", "迁出面积", "Moved out", "㎡"},
		{"grown_m2", "留驻企业增减", "Grown", "㎡"}, {"net_m2", "净增面积", "Net", "㎡"}, {"watched", "离场预警", "May leave", "家"}, {"watched_m2", "预警面积", "Area at stake", "㎡"}, {"watched_yuan", "预警税收", "Tax at stake", "元"},
		{"expired_leases", "到期租约", "Leases over", "份"}, {"wale_days", "加权剩余租期", "WALE", "天"},
	}}
	for _, b := range ans.Buildings {
		t.Rows = append(t.Rows, []any{b.Building, b.District, b.GrossAreaM2, b.LettableAreaM2, b.LetAreaM2, b.VacantAreaM2, b.OccupancyPercent, b.VacancyPercent,
			b.LastYearOccupancyPercent, b.OccupancyChange, b.Firms, b.RegisteredFirms, b.RegistrationPercent, b.LocalTaxFirms, b.LocalTaxPercent, b.LocalTaxAmountPercent,
			b.TaxYuan, b.LastYearTaxYuan, b.TaxPerM2, b.TaxGrowthPercent, b.Tier, b.LastYearTier, b.Moves.InM2, b.Moves.OutM2, b.Moves.GrownM2, b.Moves.NetM2,
			b.Watched, b.WatchedM2, b.WatchedYuan, b.ExpiredLeases, b.WALEDays})
	}
	return t
}

func circleTable(list []BuildingCircle) Table {
	t := Table{Columns: []Column{{"circle", "商圈", "Business circle", ""}, {"buildings", "楼宇", "Buildings", "栋"}, {"gross_area_m2", "总建筑面积", "Gross area", "㎡"},
		{"lettable_area_m2", "可租售面积", "Lettable area", "㎡"}, {"let_area_m2", "已租售面积", "Let area", "㎡"}, {"vacant_area_m2", "空置面积", "Vacant area", "㎡"},
		{"occupancy_percent", "入驻率", "Occupancy", "%"}, {"tax_yuan", "税收", "Tax", "元"}, {"tax_growth_percent", "税收同比", "Tax growth", "%"},
		{"tax_per_m2", "单位面积税收", "Tax per m2", "元/㎡"}, {"net_m2", "净增面积", "Net", "㎡"}}}
	for _, c := range list {
		t.Rows = append(t.Rows, []any{c.Circle, c.Buildings, c.GrossAreaM2, c.LettableAreaM2, c.LetAreaM2, c.VacantAreaM2, c.Occupancy.Percent, c.TaxYuan, c.TaxGrowthPercent, c.TaxPerM2, c.Moves.NetM2})
	}
	return t
}

func firmTable(list []BuildingFirm) Table {
	t := Table{Columns: []Column{{"company", "企业名称", "Company", ""}, {"building", "楼宇名称", "Building", ""}, {"industry", "行业", "Industry", ""}, {"headquarters", "总部型", "Headquarters", ""},
		{"reasons", "理由", "Reasons", ""}, {"lines", "处数", "Lines", "处"}, {"area_m2", "面积", "Area", "㎡"}, {"lease_to", "租期止", "Lease to", ""}, {"tax_yuan", "税收", "Tax", "元"},
		{"last_year_yuan", "上年同期", "Last year", "元"}, {"change_percent", "同比", "Growth", "%"}, {"share_percent", "占入驻企业税收", "Share of the firms' tax", "%"}}}
	for _, f := range list {
		t.Rows = append(t.Rows, []any{f.Company, f.Building, f.Industry, f.Headquarters, strings.Join(f.Reasons, " "), f.Lines, f.AreaM2, f.LeaseTo.cell(), f.TaxYuan, f.LastYearYuan, f.ChangePercent, f.SharePercent})
	}
	return t
}

func expiryTable(list []LeaseExpiry) Table {
	t := Table{Columns: []Column{{"kind", "到期", "Ends", ""}, {"year", "年度", "Year", ""}, {"leases", "租约", "Leases", "份"}, {"firms", "企业", "Firms", "家"}, {"area_m2", "面积", "Area", "㎡"}, {"tax_yuan", "税收", "Tax", "元"}}}
	for _, e := range list {
		var year any
		if e.Year != 0 {
			year = int64(e.Year)
		}
		t.Rows = append(t.Rows, []any{e.Kind, year, e.Leases, e.Firms, e.AreaM2, e.TaxYuan})
	}
	return t
}

// Of makes another part of the building the answer's table: vacant, moves, watch, hq or expiry; an unknown one is Invalid.
func (ans *BuildingAnswer) Of(part string) error {
	if part != "" && !slices.Contains(buildingParts, part) {
		return ledger.Fail(ledger.Invalid, text.T("building.bad_word", part))
	}
	ans.part = part
	return nil
}

// Table is the lines of occupancy from the top floor down, or the part chosen by Of.
func (ans *BuildingAnswer) Table() Table {
	switch ans.part {
	case "vacant":
		return ans.vacantTable()
	case "moves":
		return ans.moveTable()
	case "watch":
		return firmTable(ans.Watch)
	case "hq":
		return firmTable(ans.Headquarters)
	case "expiry":
		return expiryTable(ans.Expiry)
	}
	t := Table{Columns: []Column{
		{"floor", "楼层", "Floor", ""}, {"room", "房号", "Room", ""}, {"tenant", "企业名称", "Tenant", ""}, {"industry", "行业", "Industry", ""},
		{"area_m2", "面积", "Area", "㎡"}, {"lease_from", "租期起", "Lease from", ""}, {"lease_to", "租期止", "Lease to", ""}, {"tax_yuan", "税收", "Tax", "元"},
	}}
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			t.Rows = append(t.Rows, []any{u.Floor, u.Room, u.Tenant, u.Industry, u.AreaM2, u.LeaseFrom.cell(), u.LeaseTo.cell(), u.TaxYuan})
		}
	}
	return t
}

func (ans *BuildingAnswer) vacantTable() Table {
	t := Table{Columns: []Column{{"floor", "楼层", "Floor", ""}, {"room", "房号", "Room", ""}, {"area_m2", "空置面积", "Vacant area", "㎡"}, {"since", "空置起", "Vacant since", ""},
		{"asking_rent", "挂牌租金", "Asking rent", ""}, {"told_on", "房源表日期", "Told on", ""}}}
	for _, f := range ans.Floors {
		for _, r := range f.Vacant {
			t.Rows = append(t.Rows, []any{r.Floor, r.Room, r.AreaM2, r.Since.cell(), r.AskingRent, r.ToldOn.cell()})
		}
	}
	return t
}

func (ans *BuildingAnswer) moveTable() Table {
	t := Table{Columns: []Column{{"kind", "变化", "Move", ""}, {"company", "企业名称", "Company", ""}, {"was_area_m2", "原面积", "Area then", "㎡"}, {"area_m2", "现面积", "Area now", "㎡"},
		{"delta_m2", "增减", "Change", "㎡"}, {"was_rooms", "原房号", "Rooms then", ""}, {"rooms", "现房号", "Rooms now", ""}, {"was_lease_to", "原租期止", "Lease then to", ""}, {"lease_to", "现租期止", "Lease now to", ""},
		{"moved_in", "入驻时间", "Moved in", ""}, {"moved_out", "迁出时间", "Moved out", ""}}}
	for _, f := range ans.Moves.Firms {
		t.Rows = append(t.Rows, []any{f.Kind, f.Company, f.WasM2, f.AreaM2, f.DeltaM2, strings.Join(f.WasRooms, "、"), strings.Join(f.Rooms, "、"), f.WasTo.cell(), f.LeaseTo.cell(),
			f.MovedIn.cell(), f.MovedOut.cell()})
	}
	return t
}
