package ingest

var housingVariants = []variant{
	{name: "resettlement: flat header, units in brackets, mu", pages: []page{{name: "安置", lines: []string{
		"安置房建设交付统计表", "截至2016年6月", "序号|安置项目|分期|楼号|安置户数（户）|建设套数（套）|建设面积（平方米）|已开工套数|已竣工套数|已交付套数|回迁户数|计划交付时间",
		"1|甲村|一期|1#|90|100|10000|100|50|20|18|2016年底", "2|甲村|一期|2#|190|200|20000|200|100|40|30|2017.6", "合计||||280|300|30000|300|150|60|48"}, merges: []string{"A1:L1"}}},
		want: []expected{{dataset: "resettlement", rows: 2, day: "2016-06-30", sums: sums{"total_units": "300", "total_area_m2": "30000", "households": "280", "rehoused": "48", "delivered_units": "60"}}}},
	{name: "resettlement: two levels, sets over area, subtotal of each village above", pages: []page{{name: "Sheet1", lines: []string{
		"回迁安置房进度", "统计日期：2016年6月30日||||单位：套、亩", "村庄|楼栋号|总量||开工||竣工||交付|", "||套数|面积|套数|面积|套数|面积|套数|面积",
		"甲村|小计|30|30|20|20|10|10|5|5", "|1栋|10|10|10|10|5|5|5|5", "|2栋|20|20|10|10|5|5|0|0", "乙村|小计|40|40|40|40|40|40|40|40", "|1栋|40|40|40|40|40|40|40|40", "总计||70|70|60|60|50|50|45|45"},
		merges: []string{"A1:J1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:J3", "A5:A7", "A8:A9"}}},
		want:     []expected{{dataset: "resettlement", rows: 3, day: "2016-06-30", sums: sums{"total_units": "70", "delivered_units": "45"}}},
		problems: []string{"implausible_area_per_unit C6", "implausible_area_per_unit C7", "implausible_area_per_unit C9"}},
	{name: "resettlement: units 万㎡ at the side, full-width digits, 其中 rows", pages: []page{{name: "交付", top: 4, lines: []string{
		"单位：套、万平方米", "村名|地块名称|总套数|总建筑面积|竣工套数|竣工面积|交付套数|交付面积", "甲村|东地块|１００|1|100|1|50|0.5", "甲村|西地块|200|2|150|1.5|100|1", "其中：已选房||80||||", "合计||300|3|250|2.5|150|1.5"}}},
		want: []expected{{dataset: "resettlement", rows: 2, sums: sums{"total_area_m2": "30000", "delivered_area_m2": "15000", "total_units": "300"}}}},
	{name: "resettlement: published figures of another street", pages: []page{{name: "公布", lines: []string{
		"村名|交付套数|交付面积（万㎡）|交付率|数据来源|发布时间", "甲村|500|5|53.67%|日报|2016年6月"}}},
		want: []expected{{dataset: "resettlement", rows: 1, sums: sums{"published_units": "500", "published_area_m2": "50000", "total_units": "0"}}}},
}

var buildingVariants = []variant{
	{name: "buildings: other words, units mixed in headers and cells", pages: []page{{name: "一楼一档", lines: []string{
		"商务楼宇一览表", "单位：万平方米|||2016年6月30日", "序号|大厦名称|所属商圈|坐落|楼宇星级|建筑面积|商办面积|已出租面积（㎡）|闲置面积|物业管理公司|开发商|车位数|建成时间|楼宇管家",
		"1|甲大厦|东|一号|五星|3|2|12000|0.8|甲物业|甲置业|100|2010年|赵", "2|乙大厦|西|二号|四星|40000㎡|3|25000|0.5|乙物业|乙置业|200个|2012.5|钱", "合计|||||7|5|37000|1.3|||300"}, merges: []string{"A1:N1"}}},
		want: []expected{{dataset: "buildings", rows: 2, day: "2016-06-30", sums: sums{"gross_area_m2": "70000", "lettable_area_m2": "50000", "let_area_m2": "37000", "vacant_area_m2": "13000", "parking": "300"}}}},
	{name: "buildings: banner in ㎡ with thousands, ratio columns beside", pages: []page{{name: "楼宇", lines: []string{
		"楼宇名称|总建筑面积(㎡)|可租售面积(㎡)|自用面积(㎡)|已租售面积(㎡)|空置面积(㎡)|入驻率|空置率|入驻企业数(家)|上年税收(万元)", "甲|'30,000|'20,000|1000|15000|5000|75%|25%|80|1200", "乙|10000|8000|0|8000|0|1|0|20|300"}}},
		want: []expected{{dataset: "buildings", rows: 2, sums: sums{"gross_area_m2": "40000", "lettable_area_m2": "28000", "let_area_m2": "23000", "self_used_m2": "1000"}}}},
	{name: "tenants: one list with a building column, lease in two columns", pages: []page{{name: "企业名录", lines: []string{
		"入驻企业名录", "填表日期：2016年6月20日", "所在楼宇|层|房间号|单位名称|纳税人识别号|所属行业|租赁面积（㎡）|起租日|到期日|属地注册|属地纳税|员工人数|法人|联系电话",
		"甲大厦|3|301|甲公司|91350100M000100Y43|金融业|100|2015.1.1|2017.12.31|√|×|20|赵|00000001", "甲大厦|3|302|待租|||200||||||", "甲大厦|3|303|乙公司|'914403001922038216|金融业|300|d:2015-05-01|长期|是|是|30人|钱|00000002",
		"乙大厦|1|101|丙公司|/|教育|400㎡|2016.1|2018.12|已注册|否|5|孙|00000003", "合计||||||1000"}, merges: []string{"A1:N1"}}},
		want: []expected{{dataset: "tenants", rows: 3, day: "2016-06-20", sums: sums{"let_area_m2": "800", "employees": "55"}, values: sums{"building": "甲大厦", "registered": "true", "local_tax": "false"}},
			{dataset: "vacancies", rows: 1, day: "2016-06-20", sums: sums{"area_m2": "200"}, values: sums{"building": "甲大厦", "room": "302", "floor": "3"}}}},
	{name: "tenants: building and floor merged, subtotal of each floor in the room column", pages: []page{{name: "Sheet1", lines: []string{
		"楼宇|楼层|房号|租户名称|面积|合同期限|从业人员", "甲大厦|3层|301|甲公司|100平方米|2015.1.1-2017.12.31|10", "||302|乙公司|200|2015年1月1日至2017年12月31日|20", "||小计||300||30", "|4层|401|丙公司|50|2015/1/1~2017/12/31|5", "||小计||50||5", "||合计||350||35"},
		merges: []string{"A2:A7", "B2:B4", "B5:B6"}}},
		want: []expected{{dataset: "tenants", rows: 3, sums: sums{"let_area_m2": "350", "employees": "35"}, values: sums{"lease_to": "2017-12-31..2017-12-31"}}}},
	{name: "tenants: sheets named after buildings, hidden row, firm over two rooms", pages: []page{
		{name: "甲大厦", hidden: []int{4}, lines: []string{"单位：㎡", "楼层|房号|企业全称|使用面积|租期止", "1|101|甲公司|100|2017.1.1", "1|102|乙公司|100|2017.1.1", "2|201|丙公司|100|2018.1.1", "2|202||150|", "|||450"}, merges: []string{"C5:C6", "E5:E6"}},
		{name: "乙大厦", lines: []string{"楼层|房号|企业全称|使用面积|租期止", "1|101|丁公司|1000|2017.1.1"}}},
		want: []expected{{dataset: "tenants", rows: 4, sums: sums{"let_area_m2": "450"}, values: sums{"building": "甲大厦"}}, {dataset: "tenants", rows: 1, sums: sums{"let_area_m2": "1000"}, values: sums{"building": "乙大厦"}}}},
	{name: "tenants: title names the building, sheet does not", pages: []page{{name: "Sheet1", lines: []string{
		"丁国际中心入驻企业情况统计表", "序号|入驻企业名称|房间|租用面积（平米）|是否总部|是否本地注册|是否本地纳税|租赁期限", "1|甲公司|301|1,200|否|是|是|2015.3.1-2018.2.28"}, merges: []string{"A1:H1"}}},
		want: []expected{{dataset: "tenants", rows: 1, sums: sums{"let_area_m2": "1200"}, values: sums{"building": "丁国际中心"}}}},
}
