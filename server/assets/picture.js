// How a chart becomes a picture that stands by itself: in a theme, with its
// title above and what it stands on below. The pages run it in the browser and
// the server runs it in an interpreter, so that both save the same picture.
(function (root) {
  "use strict";

  var MARGIN = 16, LEGEND_ROW = 22, USUAL = 12.5;

  // On a dark surface the palette's own colours give way to lighter ones.
  function swapped(value, swap) {
    if (typeof value === "string") { return swap[value] || value; }
    if (Array.isArray(value)) { return value.map(function (v) { return swapped(v, swap); }); }
    if (value && typeof value === "object") {
      Object.keys(value).forEach(function (key) { value[key] = swapped(value[key], swap); });
    }
    return value;
  }

  // themed gives an option the colours of a theme; it changes the option.
  function themed(option, theme) {
    if (theme.swap) {
      option.series = swapped(option.series, theme.swap);
      if (option.visualMap) { option.visualMap = swapped(option.visualMap, theme.swap); }
      if (option.calendar) { option.calendar = swapped(option.calendar, theme.swap); }
    }
    return option;
  }

  function width(text, size, bold) {
    return echarts.format.getTextRect(text, (bold ? "bold " : "") + size + "px sans-serif").width;
  }

  function px(value) { return parseInt(value, 10) || 0; }

  // legendRows is how many lines the names of the series take.
  function legendRows(option, size, room) {
    if (!option.legend || option.legend.show === false) { return 0; }
    var rows = 1, used = 0;
    (option.series || []).forEach(function (s) {
      var one = (option.legend.itemWidth || 25) + 15 + width(s.name || "", size, false);
      if (used > 0 && used + one > room) { rows += 1; used = 0; }
      used += one;
    });
    return rows;
  }

  // framed is a picture's option: what (title, sub, stamp) around a chart of a theme, for a width; option stays as it is.
  function framed(option, what, theme, wide) {
    var room = wide - 2 * MARGIN, ink = theme.textStyle.color, muted = theme.legend.textStyle.color;
    option = themed(JSON.parse(JSON.stringify(option)), theme);
    // The wall display is written larger; so is all that stands around its charts.
    var legendSize = theme.legend.textStyle.fontSize, larger = legendSize / USUAL;
    var titleSize = Math.round(18 * larger), subSize = Math.round(12 * larger), footSize = Math.round(11 * larger), row = LEGEND_ROW * larger;
    var rows = legendRows(option, legendSize, room);
    var stampRows = Math.max(1, Math.ceil(width(what.stamp, footSize, false) * 1.04 / room));
    var head = 12 + titleSize + 8 + (what.sub ? subSize + 8 : 0), foot = 14 + stampRows * (footSize + 5);
    option.animation = false;
    option.aria = { enabled: false };
    option.backgroundColor = theme.tooltip.backgroundColor;
    option.title = {
      text: what.title, subtext: what.sub, left: MARGIN - 5, top: 7, itemGap: 8,
      textStyle: { fontSize: titleSize, fontWeight: "bold", color: ink, width: room, overflow: "truncate" },
      subtextStyle: { fontSize: subSize, color: muted, width: room, overflow: "truncate" }
    };
    // A picture has no arrows to turn the pages of a legend with.
    option.legend = Object.assign({}, option.legend, { type: "plain", top: head, left: MARGIN, right: MARGIN });
    if (option.grid) {
      option.grid = Object.assign({}, option.grid, { top: Math.max(head + px(option.grid.top), rows === 0 ? 0 : head + rows * row + 36 * larger), bottom: px(option.grid.bottom) + foot + 4,
        left: Math.max(MARGIN, px(option.grid.left)), right: Math.max(MARGIN + 8, px(option.grid.right)) });
    }
    // What an axis ends with is said, whatever stands too close before it.
    (option.xAxis || []).forEach(function (axis) {
      axis.axisLabel = Object.assign({}, axis.axisLabel, { hideOverlap: true });
      if (axis.type === "category") { axis.axisLabel.showMaxLabel = true; }
    });
    if (option.calendar) {
      option.calendar.top = px(option.calendar.top) + head + Math.max(0, rows - 1) * row;
      option.calendar.bottom = px(option.calendar.bottom) + foot;
      option.calendar.right = MARGIN + 8;
      option.calendar.left = px(option.calendar.left) + MARGIN;
    }
    if (option.visualMap) { option.visualMap.bottom = foot; option.visualMap.left = MARGIN; }
    option.series.forEach(function (s) {
      s.progressive = 0;
      if (s.barMaxWidth && wide >= 1000) { s.barMaxWidth = Math.round(px(s.barMaxWidth) * 1.6); }
    });
    option.graphic = [{ type: "text", left: MARGIN, bottom: 10, silent: true,
      style: { text: what.stamp, fontSize: footSize, lineHeight: footSize + 5, fill: muted, fontFamily: theme.textStyle.fontFamily, width: room, overflow: "break" } }];
    return option;
  }

  function escaped(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"); }

  // A picture with less room than this is drawn with so much and made smaller, so that nothing stands on top of another.
  var LEAST = { width: 520, height: 340 };

  function shrink(setup) { return Math.max(1, LEAST.width / setup.width, LEAST.height / setup.height); }

  // file writes a chart of a theme as SVG, with what (title, sub, stamp) around it.
  function file(option, what, theme, setup) { return svg(framed(option, what, theme, setup.width * shrink(setup)), what, setup); }

  // svg writes a picture's option as one file without styles, motion or anything to point at; its title and stamp can be read aloud.
  function svg(option, what, setup) {
    var by = shrink(setup), size = { renderer: "svg", ssr: true, width: setup.width * by, height: setup.height * by, locale: setup.locale };
    var chart = echarts.init(null, setup.theme, size);
    try {
      chart.setOption(option);
      var drawn = chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false, useViewBox: true });
      // Word, WPS and converters know nothing of baselines but the alphabet's; text is escaped and holds no such tag.
      drawn = drawn.replace(/<text dominant-baseline="central"/g, "<text dy=\"0.36em\"");
      return drawn.replace(/^<svg ([^>]*)>/, function (all, rest) {
        rest = rest.replace(/(^| )width="[^"]*" height="[^"]*"/, "$1width=\"" + setup.width + "\" height=\"" + setup.height + "\"");
        return "<svg role=\"img\" " + rest + "><title>" + escaped(what.title) + "</title><desc>" + escaped(what.stamp) + "</desc>";
      });
    } finally { chart.dispose(); }
  }

  root.picture = { themed: themed, framed: framed, svg: svg, file: file };
}(globalThis));
