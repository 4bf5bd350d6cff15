package ingest

import (
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"
)

// Dimension is what a unit measures; amounts of different dimensions never mix.
type Dimension string

// The dimensions of the unit table. DimScale is 万 or 亿 alone, which takes the unit of its column (see Unit.Of).
const (
	DimScale    Dimension = "scale"
	DimMoney    Dimension = "money" // base 元
	DimForeign  Dimension = "foreign_money"
	DimArea     Dimension = "area" // base ㎡
	DimCount    Dimension = "count"
	DimPercent  Dimension = "percent" // base %
	DimDays     Dimension = "days"    // base 天 or 工作日, which do not mix
	DimMonths   Dimension = "months"  // base 月
	DimMinutes  Dimension = "minutes" // base 分钟
	DimLength   Dimension = "length"  // base 米
	DimWeight   Dimension = "weight"  // base 吨
	DimMultiple Dimension = "multiple"
	DimPoints   Dimension = "points" // base 分
	DimRate     Dimension = "rate"   // base such as 元/㎡·天
)

// Unit is one spelling's meaning: Text as the table writes it (万㎡), Base the unit it is stored in (㎡). Two units agree only
// when Dimension and Base are equal: 户, 套 and 人 are all counts and never mix, nor do 元 and 美元.
type Unit struct {
	Text      string
	Dimension Dimension
	Base      string
	num, den  decimal.Decimal
}

// declaredUnit is one line of the unit table; scaled says that 万, 亿 and the like may stand before the name.
type declaredUnit struct {
	names     string
	dimension Dimension
	base      string
	num, den  int64
	scaled    bool
}

var declaredUnits = []declaredUnit{
	{"元 圆 元人民币 人民币元 元(人民币) 人民币 rmb cny ¥ 块钱", DimMoney, "元", 1, 1, true},
	{"美元 美金 usd us$ $ 元美元 元(美元)", DimForeign, "美元", 1, 1, true},
	{"港元 港币 hkd hk$ 元港币", DimForeign, "港元", 1, 1, true},
	{"欧元 eur €", DimForeign, "欧元", 1, 1, true},
	{"日元 日圆 jpy", DimForeign, "日元", 1, 1, true},
	{"英镑 gbp £", DimForeign, "英镑", 1, 1, true},
	{"新台币 台币 twd", DimForeign, "新台币", 1, 1, true},
	{"韩元 krw", DimForeign, "韩元", 1, 1, true},
	{"新加坡元 新元 sgd", DimForeign, "新加坡元", 1, 1, true},
	{"澳元 aud", DimForeign, "澳元", 1, 1, true},
	{"加元 cad", DimForeign, "加元", 1, 1, true},
	{"㎡ m2 m² m^2 平方米 平米 平方 平 平方公尺 sqm", DimArea, "㎡", 1, 1, true},
	{"亩 市亩", DimArea, "㎡", 2000, 3, true},
	{"公顷 ha", DimArea, "㎡", 10_000, 1, true},
	{"平方公里 平方千米 km2 km² km^2", DimArea, "㎡", 1_000_000, 1, true},
	{"人 名 位 口 人员", DimCount, "人", 1, 1, true},
	{"户", DimCount, "户", 1, 1, true},
	{"家", DimCount, "家", 1, 1, true},
	{"套", DimCount, "套", 1, 1, true},
	{"个", DimCount, "个", 1, 1, true},
	{"栋 幢 座", DimCount, "栋", 1, 1, true},
	{"间", DimCount, "间", 1, 1, true},
	{"处", DimCount, "处", 1, 1, true},
	{"项", DimCount, "项", 1, 1, true},
	{"层 楼 f", DimCount, "层", 1, 1, false},
	{"件", DimCount, "件", 1, 1, true},
	{"次", DimCount, "次", 1, 1, true},
	{"起", DimCount, "起", 1, 1, true},
	{"宗", DimCount, "宗", 1, 1, true},
	{"辆", DimCount, "辆", 1, 1, true},
	{"台", DimCount, "台", 1, 1, true},
	{"台套 台(套)", DimCount, "台套", 1, 1, true},
	{"人次", DimCount, "人次", 1, 1, true},
	{"台次", DimCount, "台次", 1, 1, true},
	{"车次 辆次", DimCount, "车次", 1, 1, true},
	{"户次", DimCount, "户次", 1, 1, true},
	{"家次", DimCount, "家次", 1, 1, true},
	{"条", DimCount, "条", 1, 1, true},
	{"所", DimCount, "所", 1, 1, true},
	{"张", DimCount, "张", 1, 1, true},
	{"份", DimCount, "份", 1, 1, true},
	{"批", DimCount, "批", 1, 1, true},
	{"块", DimCount, "块", 1, 1, true},
	{"支", DimCount, "支", 1, 1, true},
	{"只", DimCount, "只", 1, 1, true},
	{"本", DimCount, "本", 1, 1, true},
	{"期", DimCount, "期", 1, 1, false},
	{"单", DimCount, "单", 1, 1, true},
	{"笔", DimCount, "笔", 1, 1, true},
	{"根", DimCount, "根", 1, 1, true},
	{"部", DimCount, "部", 1, 1, true},
	{"场", DimCount, "场", 1, 1, true},
	{"株 棵", DimCount, "株", 1, 1, true},
	{"% 百分比 pct", DimPercent, "%", 1, 1, false},
	{"百分点 pp", DimPercent, "百分点", 1, 1, false},
	{"‰", DimPercent, "%", 1, 10, false},
	{"天 日 日历天 自然日 日历日 d", DimDays, "天", 1, 1, false},
	{"周 星期", DimDays, "天", 7, 1, false},
	{"工作日 工作天", DimDays, "工作日", 1, 1, false},
	{"月 月份", DimMonths, "月", 1, 1, false},
	{"季度 季", DimMonths, "月", 3, 1, false},
	{"年", DimMonths, "月", 12, 1, false},
	{"分钟 min", DimMinutes, "分钟", 1, 1, false},
	{"小时 h 钟头", DimMinutes, "分钟", 60, 1, false},
	{"米 m 延米 公尺", DimLength, "米", 1, 1, true},
	{"公里 千米 km", DimLength, "米", 1000, 1, true},
	{"厘米 cm", DimLength, "米", 1, 100, false},
	{"毫米 mm", DimLength, "米", 1, 1000, false},
	{"吨 t", DimWeight, "吨", 1, 1, true},
	{"千克 公斤 kg", DimWeight, "吨", 1, 1000, true},
	{"倍", DimMultiple, "倍", 1, 1, false},
	{"分", DimPoints, "分", 1, 1, false},
}

var scales = []struct {
	name  string
	value int64
}{
	{"百", 100}, {"千", 1000}, {"万", 10_000}, {"十万", 100_000}, {"百万", 1_000_000}, {"千万", 10_000_000},
	{"亿", 100_000_000}, {"百亿", 10_000_000_000}, {"千亿", 100_000_000_000}, {"万亿", 1_000_000_000_000},
}

var unitTable = buildUnitTable()

func buildUnitTable() map[string]Unit {
	table := make(map[string]Unit, 2048)
	one := decimal.NewFromInt(1)
	for _, s := range scales {
		table[s.name] = Unit{Text: s.name, Dimension: DimScale, num: decimal.NewFromInt(s.value), den: one}
	}
	for _, d := range declaredUnits {
		names := strings.Fields(d.names)
		num, den := decimal.NewFromInt(d.num), decimal.NewFromInt(d.den)
		for _, name := range names {
			table[wording.Fold(name)] = Unit{names[0], d.dimension, d.base, num, den}
		}
		if !d.scaled {
			continue
		}
		for _, s := range scales {
			scaled := Unit{s.name + names[0], d.dimension, d.base, num.Mul(decimal.NewFromInt(s.value)), den}
			for _, name := range names {
				if key := s.name + wording.Fold(name); table[key].Text == "" {
					table[key] = scaled
				}
			}
		}
	}
	return table
}

// LookupUnit finds the meaning of a unit in any spelling: 万元, 亿美元, m², 个工作日, 元/㎡·天, 家企业, 人民币万元.
func LookupUnit(text string) (Unit, bool) {
	if u, ok := unitTable[text]; ok {
		return u, true
	}
	if text == "" || len(text) > 64 {
		return Unit{}, false
	}
	key := strings.ReplaceAll(wording.Fold(text), " ", "")
	if strings.HasPrefix(key, "(") && strings.HasSuffix(key, ")") {
		key = key[1 : len(key)-1]
	}
	if u, ok := simpleUnit(key); ok {
		return u, true
	}
	return rateUnit(key)
}

// countedNouns may follow a measure word: 20家企业 counts 家.
var countedNouns = []string{"企业", "公司", "单位", "商户", "项目", "楼院", "社区", "居民", "村民", "群众", "住户", "住宅", "房屋",
	"房源", "安置房", "楼栋", "楼宇", "车位", "停车位", "职工", "员工", "干部", "网格", "节点", "问题", "事项", "房间", "房", "楼"}

func simpleUnit(key string) (Unit, bool) {
	if u, ok := unitTable[key]; ok {
		return u, true
	}
	for _, prefix := range []string{"个", "人民币", "rmb"} {
		if rest, found := strings.CutPrefix(key, prefix); found {
			if u, ok := unitTable[rest]; ok && (prefix == "个" && u.Dimension != DimScale || u.Dimension == DimMoney) {
				return u, true
			}
		}
	}
	for _, suffix := range []string{"人民币", "(人民币)", "rmb"} {
		if rest, found := strings.CutSuffix(key, suffix); found {
			if u, ok := unitTable[rest]; ok && u.Dimension == DimMoney {
				return u, true
			} else if ok && u.Dimension == DimScale {
				return u.Of(unitTable["元"])
			}
		}
	}
	for _, noun := range countedNouns {
		if rest, found := strings.CutSuffix(key, noun); found && rest != "" {
			if u, ok := unitTable[rest]; ok && u.Dimension == DimCount {
				return u, true
			}
		}
	}
	return Unit{}, false
}

// rateUnit reads 元/㎡·天, 万元/亩, 元/平方米/月 and 元每平方米.
func rateUnit(key string) (Unit, bool) {
	parts := strings.FieldsFunc(strings.NewReplacer("每", "/", "·", "/", "*", "/", ".", "/", "(", "/", ")", "").Replace(key), func(r rune) bool { return r == '/' })
	if len(parts) < 2 || len(parts) > 3 || !strings.ContainsAny(key, "/每") {
		return Unit{}, false
	}
	top, ok := simpleUnit(parts[0])
	if !ok || top.Dimension != DimMoney && top.Dimension != DimForeign && top.Dimension != DimCount {
		return Unit{}, false
	}
	rate := Unit{top.Text, DimRate, top.Base, top.num, top.den}
	for i, part := range parts[1:] {
		below, ok := simpleUnit(part)
		switch below.Dimension {
		case DimArea, DimDays, DimMonths, DimMinutes, DimLength, DimWeight:
		case DimCount:
			ok = ok && top.Dimension != DimCount
		default:
			ok = false
		}
		if !ok {
			return Unit{}, false
		}
		sign := "·"
		if i == 0 {
			sign = "/"
		}
		rate.Text, rate.Base = rate.Text+sign+below.Text, rate.Base+sign+below.Base
		rate.num, rate.den = rate.num.Mul(below.den), rate.den.Mul(below.num)
	}
	return rate, true
}

// Of gives a bare 万 or 亿 the unit of its column, 万 of 元 being 万元; any other unit passes when it agrees with the column's
// Dimension and Base, else ok is false: header and cell contradict each other.
func (u Unit) Of(column Unit) (Unit, bool) {
	if u.Dimension != DimScale {
		return u, u.Dimension == column.Dimension && u.Base == column.Base
	}
	return Unit{u.Text + column.Base, column.Dimension, column.Base, u.num, u.den}, true
}

// ToBase turns v into the base unit, exactly; only a factor that is no finite decimal (亩) rounds, half up at 4 decimals.
func (u Unit) ToBase(v decimal.Decimal) decimal.Decimal { return u.times(v, 4) }

func (u Unit) times(v decimal.Decimal, places int32) decimal.Decimal {
	v = v.Mul(u.num)
	if u.den.Equal(decimal.NewFromInt(1)) {
		return v
	}
	// A power of ten below (厘米, ‰) only moves the point.
	if exact := v.DivRound(u.den, places+24); exact.Mul(u.den).Equal(v) {
		return trimZeros(exact)
	}
	return v.DivRound(u.den, places)
}

// inUnit turns v of u into the same amount of other, as when 1亿 joins 2000万.
func (u Unit) inUnit(v decimal.Decimal, other Unit) decimal.Decimal {
	ratio := Unit{num: u.num.Mul(other.den), den: u.den.Mul(other.num)}
	return ratio.times(v, 12)
}
