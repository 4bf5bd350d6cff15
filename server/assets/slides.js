// The panel that makes slides of a page's charts: which ones, how far it is, and the file. Everything happens here in the browser, from
// the options that stand in the page. Loaded only when slides are asked for.
(() => {
  "use strict";

  const MOST = 40; // charts in one file
  const dialog = document.getElementById("slides"), words = dialog.dataset, { plotOf, chartOf, complete, FONT, INK, MUTED, LINE, BLUE } = slidesPlot;
  const find = (selector) => dialog.querySelector(selector);
  const picks = find("[data-picks]"), says = find("[data-says]"), bar = find("progress"), make = find("[data-make]"), stop = find("[data-stop]"), every = find("[data-all]"), more = find("[data-more]");
  const say = (phrase, values) => { says.textContent = phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]); };
  const chosen = () => [...picks.querySelectorAll("input:checked")];
  const found = new Map(); // a box's value to what is drawn
  let stopped = false, busy = false;

  // What no XML may hold is left out of names; the rest of them stays text.
  const clean = (text) => (text || "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

  // gather reads the charts of a page: their options, and what is said around them.
  function gather(doc, address) {
    return [...doc.querySelectorAll(".chart[data-chart]")].map((el) => {
      const option = JSON.parse(doc.getElementById("option-" + el.dataset.chart).textContent, (_, v) => (typeof v === "string" ? clean(v) : v));
      return { id: el.dataset.chart, title: clean(el.dataset.file), point: clean(el.dataset.point), sub: clean(el.dataset.native || el.dataset.sub), stamp: clean(el.dataset.stamp), plot: plotOf(option), address, el: doc === document ? el : null };
    });
  }

  // pictureOf shows which chart is meant: as it stands on the page, or as the server draws it.
  function pictureOf(chart, doc) {
    const img = document.createElement("img");
    img.alt = "";
    const live = chart.el && typeof echarts !== "undefined" && echarts.getInstanceByDom(chart.el);
    const link = doc.querySelector("a[data-save=\"svg\"][data-for=\"" + chart.id + "\"]");
    if (live) { img.src = live.getDataURL({ pixelRatio: 0.6 }); } else if (link) { img.src = link.getAttribute("href") + "&width=640&height=360&theme=light"; img.loading = "lazy"; }
    return img;
  }

  function list(title, doc, address) {
    const group = document.createElement("fieldset"), legend = document.createElement("legend");
    legend.textContent = title;
    group.appendChild(legend);
    gather(doc, address).forEach((chart) => {
      const box = document.createElement("label"), input = document.createElement("input"), name = document.createElement("span"), key = address + " " + chart.id;
      input.type = "checkbox";
      input.value = key;
      input.disabled = !chart.plot;
      input.checked = !!chart.plot;
      name.textContent = chart.title + (chart.plot ? "" : " · " + words.table);
      box.append(pictureOf(chart, doc), input, name);
      group.appendChild(box);
      found.set(key, chart);
    });
    picks.appendChild(group);
    count();
  }

  function count() {
    const n = chosen().length, able = picks.querySelectorAll("input:enabled").length;
    make.disabled = busy || !n || n > MOST;
    every.checked = able > 0 && n === able;
    every.indeterminate = n > 0 && n < able;
    if (n > MOST) { say(words.most, { n: MOST }); } else { say(able ? n ? words.picked : words.none : words.empty, { n }); }
  }

  // slide writes one chart with its sentence above and what it stands on below.
  function slide(deck, chart) {
    const s = deck.addSlide(), plain = { fontFace: FONT, color: MUTED, margin: 0, valign: "top" }, head = chart.point || chart.title, made = chartOf(chart.plot, { day: words.day });
    s.addShape("rect", { x: 0.5, y: 0.45, w: 0.08, h: 0.62, fill: { color: BLUE }, line: { color: BLUE, width: 0 } });
    s.addText(head, Object.assign({}, plain, { x: 0.75, y: 0.4, w: 11.9, h: 0.72, fontSize: head.length > 46 ? 20 : 26, bold: true, color: INK, valign: "middle", fit: "shrink" }));
    const notes = [chart.point ? chart.title : "", chart.sub, chart.plot.marks.length ? words.marks.replace("{names}", chart.plot.marks.map((m) => m.name + " " + m.at).join("、")) : ""];
    s.addText(notes.filter(Boolean).join(" · "), Object.assign({}, plain, { x: 0.75, y: 1.17, w: 11.9, h: 0.34, fontSize: 13 }));
    s.addChart(made.type, ...(Array.isArray(made.type) ? [] : [made.data]), Object.assign(made.options, { x: 0.5, y: 1.6, w: 12.33, h: 5.0, altText: chart.title + "。" + chart.stamp, objectName: chart.title }));
    s.addShape("line", { x: 0.5, y: 6.78, w: 12.33, h: 0, line: { color: LINE, width: 0.75 } });
    s.addText(chart.stamp, Object.assign({}, plain, { x: 0.5, y: 6.86, w: 11.6, h: 0.42, fontSize: 10, fit: "shrink" }));
    s.slideNumber = { x: 12.33, y: 6.86, w: 0.5, h: 0.3, fontFace: FONT, fontSize: 10, color: MUTED, align: "right" };
    s.addNotes([head, notes.filter(Boolean).join(" · "), chart.stamp, chart.address].join("\n"));
    return made;
  }

  const rest = () => new Promise((go) => setTimeout(go, 0));

  async function produce() {
    const boxes = chosen(), deck = new PptxGenJS(), charts = [];
    deck.layout = "LAYOUT_WIDE";
    deck.theme = { headFontFace: FONT, bodyFontFace: FONT };
    deck.author = deck.company = words.maker;
    deck.title = deck.subject = words.name;
    for (const [i, box] of boxes.entries()) {
      say(words.making, { n: i + 1, all: boxes.length });
      bar.value = 80 * i / boxes.length;
      await rest();
      if (stopped) { return null; }
      charts.push(slide(deck, found.get(box.value)));
    }
    say(words.packing, {});
    bar.value = 80;
    await rest();
    const made = await deck.write({ outputType: "arraybuffer" });
    bar.value = 90;
    await rest();
    return stopped ? null : { file: await complete(made, charts), slides: boxes.length };
  }

  function save(blob, name) {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = name.replace(/[\/\\:*?"<>|]/g, "_");
    document.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href), 10000);
  }

  function working(now) {
    busy = now;
    stop.hidden = bar.hidden = !now;
    make.hidden = now;
    bar.value = 0;
    picks.querySelectorAll("input").forEach((input) => { input.disabled = now || !found.get(input.value).plot; });
    if (!now) { count(); }
  }

  make.addEventListener("click", async () => {
    stopped = false;
    working(true);
    let end = () => say(words.stopped, {});
    try {
      const made = await produce();
      if (made && !stopped) {
        save(made.file, words.name + ".pptx");
        end = () => say(words.done, { all: made.slides });
      }
    } catch (err) {
      console.error(err);
      end = () => say(words.failed, {});
    }
    working(false);
    end();
  });
  stop.addEventListener("click", () => { stopped = true; });
  find("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { stopped = true; });
  picks.addEventListener("change", count);
  every.addEventListener("change", () => { picks.querySelectorAll("input:enabled").forEach((input) => { input.checked = every.checked; }); count(); });
  more.addEventListener("change", async () => {
    const option = more.selectedOptions[0], address = option.value;
    more.value = "";
    if (!address) { return; }
    option.disabled = true;
    const answer = await fetch(address).catch(() => null);
    if (!answer || !answer.ok) { option.disabled = false; say(words.failed, {}); return; }
    list(option.textContent, new DOMParser().parseFromString(await answer.text(), "text/html"), address);
  });

  document.documentElement.slidesOpen = () => {
    if (!found.size) { list(words.page, document, location.pathname + location.search); }
    dialog.showModal();
    count();
  };
})();
