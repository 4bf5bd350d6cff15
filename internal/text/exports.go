package text

// exportPhrases are what is said about exports: slides, their progress and their limits.
var exportPhrases = map[string]phrase{
	"page.export.slides": {"幻灯片 PPT…", "Slides (PowerPoint)…"},

	"page.title.exports": {"导出文件", "The file is being made"},
	"export.hint":        {"可以离开本页，文件做好后保留 15 分钟", "You may leave this page; the file is kept for 15 minutes"},
	"export.asking":      {"正在查询数据", "Asking the record"},
	"export.rows":        {"已写入 %s 行，共 %s 行", "%s of %s rows written"},
	"export.packing":     {"已写入全部 %s 行，正在打包", "All %s rows are written; packing"},
	"export.done":        {"已生成 %s（%s）", "%s is ready (%s)"},
	"export.failed":      {"没有生成文件。%s", "No file was made. %s"},
	"export.cancelled":   {"已取消，没有生成文件", "Cancelled; no file was made"},
	"export.take":        {"下载", "Download"},
	"export.back":        {"返回页面", "Back to the page"},
	"export.no_job":      {"没有这个导出（可能已过保留时间，或程序重新启动过）；请回到页面重新导出。", "No such export (it is no longer kept, or the program was started anew); export it again from its page."},
	"export.queue_full":  {"已有 %d 个导出在进行或等待，请稍后再试。", "%d exports are under way or wait; try again later."},
	"export.rows_over":   {"没有导出：共 %d 行，一个文件最多 %d 行。请用筛选、年份或月份缩小范围，分几次导出；也可在服务器上用 taizhang export 导出整个台账。", "Not exported: %d rows, a file holds at most %d. Narrow it by filters, year or month and take it in parts; taizhang export on the server writes a whole dataset."},
	"export.bytes_over":  {"没有导出：文件超过 %d MiB 的上限。请用筛选、年份或月份缩小范围，分几次导出；也可在服务器上用 taizhang export 导出整个台账。", "Not exported: the file is over the limit of %d MiB. Narrow it by filters, year or month and take it in parts; taizhang export on the server writes a whole dataset."},

	"command.bad_exports": {"导出上限应为正数（文件至少 1 MiB），同时绘图数应为 1 到 %d。", "Limits of exports must be above zero (a file at least 1 MiB), and the charts drawn at the same time 1 to %d."},

	"slides.title":   {"导出幻灯片", "Slides"},
	"slides.hint":    {"16:9，一图一页；图表可在 PowerPoint、WPS 中直接编辑", "16:9, one chart a slide; every chart stays editable in PowerPoint and WPS"},
	"slides.all":     {"全选", "All"},
	"slides.more":    {"加入其他页面的图表", "Add the charts of another page"},
	"slides.make":    {"生成 .pptx", "Make .pptx"},
	"slides.close":   {"关闭", "Close"},
	"slides.cancel":  {"停止", "Stop"},
	"slides.picked":  {"已选 {n} 张", "{n} chosen"},
	"slides.none":    {"请至少选一张图", "Choose at least one chart"},
	"slides.making":  {"正在生成第 {n} 页，共 {all} 页", "Making slide {n} of {all}"},
	"slides.packing": {"正在打包", "Packing"},
	"slides.done":    {"已生成 {all} 页，文件在浏览器的下载目录", "{all} slides made; the file is among your downloads"},
	"slides.stopped": {"已停止，没有生成文件", "Stopped; no file was made"},
	"slides.failed":  {"没有生成。请刷新页面再试；也可以改用 Excel 工作簿", "Nothing was made. Reload the page and try again, or take the workbook"},
	"slides.empty":   {"这一页没有可编辑的图表", "The page has no charts that can be edited"},
	"slides.table":   {"日历图，只有图片", "a calendar: picture only"},
	"slides.marks":   {"标线：{names}", "Marked: {names}"},
	"slides.most":    {"一次最多 {n} 张，请分几次导出", "At most {n} charts in a file; export the rest apart"},
	"slides.of":      {"%s（%s）%s", "%s (%s) %s"},
	"slides.and":     {"%s，%s", "%s, %s"},
}
