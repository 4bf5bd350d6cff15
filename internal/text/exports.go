package text

// exportPhrases are what is said about exports: slides, their progress and their limits.
var exportPhrases = map[string]phrase{
	"page.export.slides": {"幻灯片 PPT…", "Slides (PowerPoint)…"},

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
