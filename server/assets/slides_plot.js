// How a chart of the page becomes a chart of a slide: what the option draws, as series over places, handed to PptxGenJS as native
// charts, and what it leaves undone in the parts it writes. A gap stays a gap and zero stays zero. Loaded only when slides are asked for.
(() => {
  "use strict";

  const FONT = "Microsoft YaHei", INK = "17202B", MUTED = "616B79", LINE = "E4E8ED", BLUE = "1D5BB8", MARK = "5C6876";
  const DAY = 86400000, EPOCH = Date.UTC(1899, 11, 30), MONTH = 365.25 / 12;
  const hex = (color) => (color || BLUE).replace("#", "").toUpperCase();
  const serial = (day) => Math.round((Date.parse(day + "T00:00:00Z") - EPOCH) / DAY);
  const known = (v) => v !== null && v !== undefined;
  // Numbers go as text, which the library writes as it is; it takes the number 0 for none.
  const written = (v) => (known(v) ? String(v) : null);
  const bare = (v) => (v && typeof v === "object" && !Array.isArray(v) ? v.value : v);
  const unitOf = (axis) => (axis && axis.name ? axis.name.trim().split(/\s+/).pop() : "");

  function seriesOf(s) {
    return { name: s.name || "", type: s.type, stack: s.stack || "", second: s.yAxisIndex === 1, thin: s.symbol === "none",
      dash: s.lineStyle && s.lineStyle.type === "dashed", color: hex(s.itemStyle && s.itemStyle.color) };
  }

  // marksOf are the lines that an option draws across: at a place, or on a day.
  function marksOf(option) {
    return option.series.flatMap((s) => ((s.markLine && s.markLine.data) || []).map((m) => ({ name: m.name, at: m.xAxis })));
  }

  // plotOf reads an option; null for what has no native chart, such as a calendar or a heat map.
  function plotOf(option) {
    const x = (option.xAxis || [])[0], y = (option.yAxis || [])[0];
    if (option.calendar || !x || !y || !option.series || !option.series.length || option.series[0].type === "heatmap") { return null; }
    if (x.type === "time") { return y.type === "category" ? ganttOf(option, y.data || []) : curveOf(option, y); }
    const across = y.type === "category", places = (across ? y.data : x.data) || [];
    if (!across && x.type !== "category" || !places.length) { return null; }
    const plot = { form: across ? "rows" : "columns", places, left: across ? x.name : y.name, right: (option.yAxis[1] || {}).name, upside: !across && y.inverse, marks: marksOf(option) };
    const counts = across ? x : y;
    plot.leftUnit = unitOf(counts);
    // Steps of one are for places in a list, not for thousands of a thing.
    plot.whole = !across && counts.minInterval === 1;
    plot.least = typeof counts.min === "number" ? counts.min : null;
    plot.series = option.series.map((s) => {
      const one = seriesOf(s), data = s.data || [];
      one.values = places.map((_, i) => (known(bare(data[i])) ? bare(data[i]) : null));
      const own = data.map((v) => v && v.itemStyle && v.itemStyle.color);
      if (own.some(Boolean)) { one.colors = places.map((_, i) => hex(own[i] || "#" + one.color)); }
      return one;
    });
    return plot.series.some((s) => s.values.some(known)) ? plot : null;
  }

  // curveOf puts the days of all lines into one column; the day the page stands at is a line from the bottom to the top.
  function curveOf(option, y) {
    const points = option.series.map((s) => (s.data || []).filter((v) => Array.isArray(v) && known(v[0])));
    const days = [...new Set(points.flat().map((v) => v[0]))].sort();
    if (!days.length) { return null; }
    const plot = { form: "curve", left: y.name, leftUnit: unitOf(y), marks: [] };
    plot.series = option.series.map((s, i) => {
      const at = new Map(points[i]);
      return Object.assign(seriesOf(s), { values: days.map((day) => (known(at.get(day)) ? at.get(day) : null)) });
    });
    const mark = marksOf(option)[0];
    plot.days = days.map(serial);
    if (mark && y.max === 100) {
      plot.days.push(serial(mark.at), serial(mark.at));
      plot.series.forEach((s) => s.values.push(null, null));
      plot.series.push({ name: mark.name, type: "line", thin: true, dash: true, color: MARK, values: days.map(() => null).concat(0, 100) });
    }
    plot.top = y.max;
    return plot;
  }

  // ganttOf gives every node a bar for its baseline, its plan, its work and each mark it has; a blank line parts the nodes.
  function ganttOf(option, nodes) {
    const tracks = option.series.map(seriesOf), of = nodes.map(() => []);
    let work = -1;
    tracks.forEach((t, i) => { if (t.type === "line" && i >= 2) { work = i; } });
    option.series.forEach((s, track) => (s.data || []).forEach((v, i, all) => {
      if (!Array.isArray(v) || !known(v[0]) || !of[v[1]]) { return; }
      const row = of[v[1]], from = serial(v[0]), before = all[i - 1];
      if (s.type === "line") {
        const last = row[row.length - 1];
        if (last && last.track === track && Array.isArray(before) && before[1] === v[1]) { last.to = from; return; }
      } else if (row.some((bar) => bar.track === work && bar.to === from + 1)) { return; }
      row.push({ track, from, to: from + 1 });
    }));
    const bars = [], mark = marksOf(option)[0];
    if (mark) {
      bars.push({ label: mark.name, track: tracks.length, from: serial(mark.at), to: serial(mark.at) + 1 }, {});
      tracks.push({ name: mark.name, color: MARK, type: "scatter" });
    }
    of.forEach((row, i) => {
      if (i) { bars.push({}); }
      const list = row.length ? row : [{}];
      list[Math.min(1, list.length - 1)].label = nodes[i];
      bars.push(...list);
    });
    const real = bars.filter((b) => known(b.track));
    if (!real.length) { return null; }
    const from = Math.min(...real.map((b) => b.from)), to = Math.max(...real.map((b) => b.to)), least = Math.max(1, Math.round((to - from) / 110));
    return { form: "gantt", places: bars.map((b) => b.label || ""), from, to, marks: [],
      series: [{ name: " ", color: "transparent", values: bars.map((b) => (known(b.track) ? b.from : null)) }].concat(tracks.map((t, i) => Object.assign(t, {
        values: bars.map((b) => (b.track !== i ? null : t.type === "line" ? b.to - b.from : Math.max(least, b.to - b.from))) }))) };
  }

  // monthsOf makes an axis of days with a mark every so many months.
  function monthsOf(first, last) {
    const begin = new Date(EPOCH + first * DAY), end = new Date(EPOCH + last * DAY);
    const from = (Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() - (begin.getUTCDate() < 15 ? 1 : 0), 15) - EPOCH) / DAY;
    const to = (Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 1) - EPOCH) / DAY;
    const step = [1, 2, 3, 6, 12, 24].find((n) => (to - from) / MONTH / n <= 12) || 60;
    return { from, to, step: step * MONTH };
  }

  function format(unit, series) {
    const large = series.some((s) => s.values.some((v) => Math.abs(v) > 8));
    return (large ? "#,##0" : "#,##0.0") + (unit === "%" ? "\"%\"" : "");
  }

  const axis = { catAxisLabelFontFace: FONT, catAxisLabelFontSize: 11, catAxisLabelColor: MUTED, catAxisLineColor: LINE, catAxisMajorTickMark: "none",
    valAxisLabelFontFace: FONT, valAxisLabelFontSize: 11, valAxisLabelColor: MUTED, valAxisLineShow: false, valAxisMajorTickMark: "none", valGridLine: { color: LINE, size: 0.75 } };
  const titled = (unit) => (unit ? { showValAxisTitle: true, valAxisTitle: unit, valAxisTitleFontFace: FONT, valAxisTitleFontSize: 11, valAxisTitleColor: MUTED } : {});

  // chartOf is what PptxGenJS is asked for: types with their data, options, and the series in the order in which it numbers them.
  function chartOf(plot, words) {
    const data = (list, labels) => list.map((s) => ({ name: s.name, labels, values: s.values.map(written) }));
    const shown = Object.assign({}, axis, { showLegend: plot.series.filter((s) => s.color !== "transparent").length > 1, legendPos: "b", legendFontFace: FONT, legendFontSize: 12, legendColor: MUTED,
      displayBlanksAs: "gap", chartArea: { roundedCorners: false } });
    if (plot.form === "curve") {
      const months = monthsOf(Math.min(...plot.days), Math.max(...plot.days));
      return { type: "scatter", order: plot.series, plot, months, data: [{ name: words.day, values: plot.days.map(written) }].concat(data(plot.series)),
        options: Object.assign(shown, titled(plot.left), { displayBlanksAs: "span", chartColors: plot.series.map((s) => s.color), valAxisLabelFormatCode: format(plot.leftUnit, plot.series),
          valAxisMinVal: 0, valAxisMaxVal: plot.top, catAxisMinVal: months.from, catAxisMaxVal: months.to, catAxisMajorUnit: months.step, catGridLine: { style: "none" } }) };
    }
    if (plot.form === "gantt") {
      const months = monthsOf(plot.from, plot.to);
      return { type: "bar", order: plot.series, plot, data: data(plot.series, plot.places), options: Object.assign(shown, { barDir: "bar", barGrouping: "stacked", barGapWidthPct: 8, chartColors: plot.series.map((s) => s.color),
        catAxisOrientation: "maxMin", catAxisLabelFrequency: "1", catAxisLabelFontSize: plot.places.length > 60 ? 7 : 9, valAxisMinVal: months.from, valAxisMaxVal: months.to, valAxisMajorUnit: months.step,
        valAxisLabelFormatCode: "yyyy-mm", valAxisLabelPos: "nextTo", catAxisCrossesAt: "max" }) };
    }
    const across = plot.form === "rows", stacked = plot.series.some((s) => s.stack && s.type === "bar");
    // PowerPoint stacks all bars of a chart or none: beside stacked ones, others become lines.
    const group = (s) => (s.second ? 2 : s.type === "line" || stacked && !s.stack && !across ? 1 : 0);
    const groups = [0, 1, 2].map((g) => plot.series.filter((s) => group(s) === g));
    const bars = { barDir: across ? "bar" : "col", barGrouping: stacked ? "stacked" : "clustered", barGapWidthPct: 60 };
    const counted = (name, unit, list) => Object.assign({ valAxisLabelFormatCode: format(unit, list) }, titled(name));
    const options = Object.assign(shown, bars, counted(plot.left, plot.leftUnit, groups[0].concat(groups[1])));
    if (across) { Object.assign(options, { catAxisOrientation: "maxMin", catAxisCrossesAt: "max", valAxisLabelPos: "nextTo" }); }
    if (plot.upside) { Object.assign(options, { valAxisOrientation: "maxMin", catAxisLabelPos: "high" }); }
    if (plot.whole) { Object.assign(options, { valAxisMajorUnit: 1, valAxisLabelFormatCode: "0" }); }
    if (known(plot.least)) { options.valAxisMinVal = plot.least; }
    if (!across && plot.places.length > 24) { options.catAxisLabelFrequency = String(Math.ceil(plot.places.length / 12)); }
    const types = groups.map((list, g) => ({ type: g ? "line" : "bar", list, data: data(list, plot.places),
      options: Object.assign({ chartColors: list[0] && list[0].colors || list.map((s) => s.color) }, g === 2 ? { secondaryValAxis: true, secondaryCatAxis: true } : {}) })).filter((t) => t.list.length);
    if (groups[2].length) {
      options.valAxes = [counted(plot.left, plot.leftUnit, groups[0].concat(groups[1])), Object.assign({ valGridLine: { style: "none" } }, counted(plot.right, unitOf({ name: plot.right }), groups[2]))];
      options.catAxes = [{}, { catAxisHidden: true }];
    }
    const order = types.flatMap((t) => t.list);
    if (types.length === 1 && !groups[2].length) { return { type: types[0].type, order, plot, data: types[0].data, options: Object.assign(options, types[0].options) }; }
    return { type: types.map((t) => ({ type: t.type, data: t.data, options: t.options })), order, plot, options };
  }

  // ---- what the library leaves undone ----
  let C, A; // the names of charts and of drawings, as the library writes them
  const all = (node, name) => [...node.getElementsByTagNameNS(C, name)];
  function put(doc, parent, name, value, before) {
    const el = doc.createElementNS(C, "c:" + name);
    if (value !== undefined) { el.setAttribute("val", value); }
    parent.insertBefore(el, before || null);
    return el;
  }

  // line gives a series of lines its own width, dashes and points; the library knows one for all.
  function line(doc, ser, s) {
    const ln = ser.getElementsByTagNameNS(C, "spPr")[0].getElementsByTagNameNS(A, "ln")[0];
    ln.setAttribute("w", s.thin ? "19050" : "28575");
    ln.getElementsByTagNameNS(A, "prstDash")[0].setAttribute("val", s.dash ? "dash" : "solid");
    if (s.type === "scatter") { ln.replaceChildren(doc.createElementNS(A, "a:noFill")); }
    all(ser, "marker").forEach((m) => m.remove());
    all(ser, "invertIfNegative").forEach((m) => m.remove());
    const spPr = ser.getElementsByTagNameNS(C, "spPr")[0], marker = put(doc, ser, "marker", undefined, spPr.nextSibling);
    const shown = s.type === "scatter" || s.type === "line" && !s.thin;
    put(doc, marker, "symbol", !shown ? "none" : s.type === "scatter" ? "diamond" : "circle");
    if (shown) {
      put(doc, marker, "size", s.type === "scatter" ? "9" : "6");
      const fill = doc.createElementNS(A, "a:solidFill"), color = doc.createElementNS(A, "a:srgbClr");
      color.setAttribute("val", s.color);
      fill.appendChild(color);
      put(doc, marker, "spPr").appendChild(fill);
    }
  }

  // finish takes empty points and labels nobody shows out of a chart's part, and puts right what the library writes in a place where the format does not want it.
  function finish(xml, chart) {
    const doc = new DOMParser().parseFromString(xml, "application/xml");
    if (doc.getElementsByTagName("parsererror").length) { throw new Error(doc.documentElement.textContent); }
    C = doc.documentElement.namespaceURI;
    A = doc.documentElement.lookupNamespaceURI("a");
    all(doc, "dLbls").forEach((el) => el.remove());
    all(doc, "pt").forEach((pt) => { if (pt.textContent === "") { pt.remove(); } });
    all(doc, "lineChart").forEach((lines) => put(doc, lines, "grouping", "standard", lines.firstChild));
    // The axis of series is that of charts in space.
    [...all(doc, "barChart"), ...all(doc, "lineChart")].forEach((group) => [...group.children].filter((el) => el.localName === "axId").slice(2).forEach((el) => el.remove()));
    all(doc, "ser").forEach((ser) => {
      const s = chart.order[Number(all(ser, "idx")[0].getAttribute("val"))];
      if (ser.parentNode.localName !== "barChart") { line(doc, ser, s); }
    });
    // One row of names is a list of texts, not levels of them.
    all(doc, "multiLvlStrRef").forEach((levels) => {
      const ref = put(doc, levels.parentNode, "strRef", undefined, levels), cache = levels.getElementsByTagNameNS(C, "multiLvlStrCache")[0];
      ref.appendChild(all(levels, "f")[0]);
      const list = put(doc, ref, "strCache");
      list.appendChild(all(cache, "ptCount")[0]);
      all(cache, "pt").forEach((pt) => list.appendChild(pt));
      levels.remove();
    });
    all(doc, "tickLblSkip").forEach((skip) => { const ax = skip.parentNode; ax.insertBefore(skip, all(ax, "noMultiLvlLbl")[0]); });
    all(doc, "numFmt").forEach((el) => el.setAttribute("sourceLinked", "0"));
    if (chart.months) {
      const x = all(doc, "valAx")[0];
      all(x, "numFmt")[0].setAttribute("formatCode", "yyyy-mm");
      ["auto", "lblAlgn", "noMultiLvlLbl"].forEach((name) => all(x, name).forEach((el) => el.remove()));
      const unit = all(x, "majorUnit")[0];
      all(x, "majorTickMark")[0].setAttribute("val", "out");
      put(doc, x, "crossBetween", "midCat", unit);
    }
    // The bar up to the first day is not seen, nor has it a name in the legend.
    if (chart.plot.form === "gantt") {
      all(doc, "legend").forEach((legend) => {
        const entry = put(doc, legend, "legendEntry", undefined, all(legend, "legendPos")[0].nextSibling);
        put(doc, entry, "idx", "0");
        put(doc, entry, "delete", "1");
      });
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + new XMLSerializer().serializeToString(doc.documentElement);
  }

  // complete opens the file the library made, puts its charts and the cells behind them right, and packs it again.
  async function complete(made, charts) {
    const zip = await JSZip.loadAsync(made);
    const parts = (pattern) => Object.keys(zip.files).filter((name) => pattern.test(name));
    // Charts are numbered in the order of the slides, on from those of an earlier file.
    const drawn = parts(/^ppt\/charts\/chart\d+\.xml$/).sort((a, b) => a.match(/\d+/)[0] - b.match(/\d+/)[0]);
    for (const [i, name] of drawn.entries()) { zip.file(name, finish(await zip.file(name).async("string"), charts[i])); }
    const deck = "ppt/presentation.xml", notes = /<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>/s, said = await zip.file(deck).async("string"), master = said.match(notes);
    if (master) { zip.file(deck, said.replace(notes, "").replace("<p:sldIdLst>", master[0] + "<p:sldIdLst>")); }
    for (const name of parts(/^ppt\/embeddings\/.*\.xlsx$/)) {
      const cells = await JSZip.loadAsync(await zip.file(name).async("uint8array")), sheet = "xl/worksheets/sheet1.xml";
      cells.file(sheet, (await cells.file(sheet).async("string")).replace(/<c r="[A-Z]+\d+"><v><\/v><\/c>/g, ""));
      zip.file(name, await cells.generateAsync({ type: "uint8array", compression: "DEFLATE" }));
    }
    return zip.generateAsync({ type: "blob", compression: "DEFLATE", mimeType: "application/vnd.openxmlformats-officedocument.presentationml.presentation" });
  }

  globalThis.slidesPlot = { plotOf, chartOf, complete, FONT, INK, MUTED, LINE, BLUE };
})();
