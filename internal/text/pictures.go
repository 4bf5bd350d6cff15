package text

// picturePhrases are the sentences about charts saved as files.
var picturePhrases = map[string]phrase{
	"picture.no_chart":      {"本页没有图表“%s”；本页的图表有：%s。", "This page has no chart “%s”; its charts are: %s."},
	"picture.none":          {"本页没有图表，或者还没有可画的数据。", "This page has no charts, or nothing to draw yet."},
	"picture.bad_number":    {"%s 应为 %d 到 %d 之间的整数，收到的是“%s”。", "%s must be a whole number from %d to %d, not “%s”."},
	"picture.bad_theme":     {"theme 应为 %s 之一，收到的是“%s”。", "theme must be one of %s, not “%s”."},
	"picture.too_many":      {"图片有 %d 万像素，最多 %d 万像素；请减小 width、height 或 scale。", "The picture has %d0,000 pixels, at most %d0,000 are drawn; lower width, height or scale."},
	"picture.busy":          {"正在生成的图片太多，没有等到空位；请稍后再试。", "Too many pictures are being drawn and none was finished in time; try again later."},
	"picture.too_slow":      {"这张图 %d 秒内没有画完，已停止；请缩小时间范围后再试。", "This chart was not drawn within %d seconds and was stopped; try a shorter range."},
	"picture.not_converted": {"转换程序没有给出所要的图片；可先用 .svg 文件，或请管理员查看日志。", "The converter did not give the picture asked for; use the .svg file, or ask the administrator for the log."},
	"picture.no_converter":  {"服务器上没有可以生成 PNG 的程序；请管理员安装 rsvg-convert（Debian 软件包 librsvg2-bin）或 Chromium。也可以用 .svg 文件，或在页面上点图表右上角的 PNG。", "This server has no program that makes PNG; ask the administrator to install rsvg-convert (Debian package librsvg2-bin) or Chromium. The .svg file works, and so does PNG at the chart's top right on the page."},
}
