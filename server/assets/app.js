// The one script of the pages: starts charts from the JSON that stands beside
// them, saves them as pictures, shows the table behind them, and makes the
// header's filters answer at once. Every page works without it.
(function () {
  "use strict";

  var root = document.documentElement;
  var zh = root.lang.indexOf("en") !== 0;
  var charts = {};

  function byId(id) { return document.getElementById(id); }
  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }
  function json(id) { var el = byId(id); return el ? JSON.parse(el.textContent) : null; }
  function themeName() { return root.dataset.charts || (root.dataset.theme === "dark" ? "dark" : "light"); }

  // ---- charts ----
  function registerThemes() {
    var themes = json("chart-theme") || {};
    Object.keys(themes).forEach(function (name) { echarts.registerTheme(name, themes[name]); });
  }

  function optionOf(id) {
    var option = json("option-" + id);
    if (!option) { return null; }
    return picture.themed(option, json("chart-theme")[themeName()]);
  }

  function start(el) {
    var id = el.dataset.chart, option = optionOf(id);
    if (!option) { return; }
    el.textContent = "";
    var chart = echarts.init(el, themeName(), { locale: zh ? "ZH" : "EN", useDirtyRect: false });
    chart.setOption(spoken(option, el));
    charts[id] = { chart: chart, option: option, el: el };
    walkable(el, id);
  }

  // ECharts words the figures for screen readers; the sentence begins with the card's own title.
  function spoken(option, el) {
    var title = el.dataset.title || (el.dataset.title = el.getAttribute("aria-label"));
    option.aria = { enabled: true, label: { general: { withoutTitle: title + (zh ? "：" : ": ") } } };
    return option;
  }

  // The arrow keys go from place to place of a focused chart as the pointer would.
  function walkable(el, id) {
    if (el.tabIndex === 0) { return; }
    el.tabIndex = 0;
    var at = -1;
    el.addEventListener("keydown", function (e) {
      var known = charts[id], series = known.option.series[0], last = series && series.data ? series.data.length - 1 : -1;
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
      if (e.key === "Escape") { at = -1; known.chart.dispatchAction({ type: "hideTip" }); return; }
      if (!step || last < 0) { return; }
      e.preventDefault();
      at = Math.max(0, Math.min(last, at + step));
      known.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
    });
    el.addEventListener("blur", function () { at = -1; charts[id].chart.dispatchAction({ type: "hideTip" }); });
  }

  // What scrolls inside the page can be reached and scrolled by keyboard.
  function reachable() {
    each(".scroll, .kpis, .behind", function (el) {
      if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) { el.tabIndex = 0; } else { el.removeAttribute("tabindex"); }
    });
  }

  // Without ECharts the tables stand in for the pictures.
  function showTables() {
    each(".chart", function (el) { el.hidden = true; });
    each(".behind", function (el) { el.hidden = false; });
  }

  function startCharts() {
    if (typeof echarts === "undefined") { showTables(); return; }
    registerThemes();
    each(".chart[data-chart]", function (el) {
      try { start(el); } catch (err) {
        el.hidden = true;
        var table = byId("behind-" + el.dataset.chart);
        if (table) { table.hidden = false; }
        console.error(err);
      }
    });
    if ("ResizeObserver" in window) {
      var observer = new ResizeObserver(function (entries) {
        entries.forEach(function (entry) {
          var known = charts[entry.target.dataset.chart];
          if (known && entry.contentRect.width > 0) { known.chart.resize(); }
        });
      });
      Object.keys(charts).forEach(function (id) { observer.observe(charts[id].el); });
    }
    window.addEventListener("beforeprint", function () { resizeAll(); });
    window.addEventListener("afterprint", function () { resizeAll(); });
  }

  // A page that renews itself (the wall display) says which charts have new figures, or stand there for the first time.
  document.addEventListener("charts:renew", function () {
    if (typeof echarts === "undefined") { showTables(); return; }
    each(".chart[data-chart]", function (el) {
      var known = charts[el.dataset.chart];
      if (!known || known.el !== el) {
        if (known) { known.chart.dispose(); }
        start(el);
        return;
      }
      known.option = optionOf(el.dataset.chart);
      known.chart.setOption(spoken(known.option, el), true);
    });
  });

  function resizeAll() { Object.keys(charts).forEach(function (id) { charts[id].chart.resize({ animation: { duration: 0 } }); }); }

  // ---- pictures: what picture.js makes of the chart, saved from here ----
  function savePicture(id, kind) {
    var known = charts[id], data = known.el.dataset, name = data.file || id;
    var what = { title: data.file, sub: data.sub, stamp: data.stamp };
    var width = Math.max(known.el.clientWidth, 640), height = Math.max(known.el.clientHeight, 280) + 96;
    var theme = json("chart-theme").print, locale = zh ? "ZH" : "EN";
    if (kind === "svg") {
      var drawn = picture.file(known.option, what, theme, { theme: "print", width: width, height: height, locale: locale });
      save(new Blob([drawn], { type: "image/svg+xml" }), name + ".svg");
      return;
    }
    var copy = echarts.init(document.createElement("div"), "print", { width: width, height: height, locale: locale });
    copy.setOption(picture.framed(known.option, what, theme, width));
    // Nothing moves in a picture, so it stands as soon as it has its option.
    copy.renderToCanvas({ pixelRatio: 2, backgroundColor: "#ffffff" }).toBlob(function (blob) { save(blob, name + ".png"); });
    copy.dispose();
  }

  function save(blob, name) {
    var a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = name;
    document.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
  }

  function toggle(button) {
    var id = button.dataset.toggle, behind = byId("behind-" + id);
    var picture = document.querySelector('.chart[data-chart="' + id + '"]');
    if (!behind || !picture) { return; }
    var label = button.textContent;
    button.textContent = button.dataset.back;
    button.dataset.back = label;
    behind.hidden = !behind.hidden;
    picture.hidden = !behind.hidden;
    button.setAttribute("aria-expanded", String(!behind.hidden));
    reachable();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button"), link = event.target.closest("a[data-save]");
    // What is on the screen is saved as it is there; without its chart the link leads to the server's picture.
    if (link && charts[link.dataset.for] && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      savePicture(link.dataset.for, link.dataset.save);
    }
    each("details.menu[open], .tabbar details[open]", function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
    if (!button) { return; }
    if (button.dataset.toggle) { toggle(button); }
    if ("print" in button.dataset) { window.print(); }
    if ("slides" in button.dataset) { openSlides(byId("slides")); }
  });

  // ---- slides: their scripts are fetched when somebody asks for slides, one after the other ----
  function openSlides(dialog) {
    if (root.slidesOpen) { root.slidesOpen(); return; }
    if (openSlides.coming) { return; }
    openSlides.coming = true;
    (function next(list) {
      if (!list.length) { root.slidesOpen(); return; }
      var script = document.createElement("script");
      script.src = list[0];
      script.onload = function () { next(list.slice(1)); };
      script.onerror = function () { script.remove(); openSlides.coming = false; };
      document.head.appendChild(script);
    }(dialog.dataset.scripts.split(" ")));
  }
  if (document.querySelector(".chart[data-chart]")) { each("[data-slides]", function (button) { button.hidden = false; }); }

  // ---- header filters: a list is applied as soon as it is changed ----
  each("form[data-filters] select", function (select) {
    select.addEventListener("change", function () { select.form.requestSubmit ? select.form.requestSubmit() : select.form.submit(); });
  });

  // ---- paper: the foot line stands in the margin of every printed page ----
  function footOnPaper() {
    var parts = [];
    each(".foot > span", function (span) { parts.push(span.textContent.trim()); });
    var sheet = Array.prototype.find.call(document.styleSheets, function (s) { return s.href && s.href.indexOf("/app.css") > 0; });
    if (!sheet || !parts.length) { return; }
    sheet.insertRule("@page { @bottom-left { content: " + JSON.stringify(parts.join("\u2003")) + "; font-size: 9pt; color: #444; } }", sheet.cssRules.length);
    root.classList.add("paper");
  }

  // ---- stacking plan: the arrow keys move from room to room, what is focused or tapped is told in the line below ----
  function walkPlan(plan) {
    var line = byId("roomline"), rows = [], current = null, byTouch = false;
    Array.prototype.forEach.call(plan.querySelectorAll(".floor"), function (floor) {
      var rooms = Array.prototype.slice.call(floor.querySelectorAll(".room"));
      if (rooms.length) { rows.push(rooms); }
    });
    if (!line || !rows.length) { return; }

    function show(room) {
      if (current === room) { return; }
      if (current) { current.removeAttribute("aria-current"); current.tabIndex = -1; }
      current = room;
      room.tabIndex = 0;
      room.setAttribute("aria-current", "true");
      line.textContent = room.title;
      var link = document.createElement("a");
      link.href = room.href;
      link.textContent = line.dataset.source;
      line.appendChild(link);
    }
    function middle(room) { var box = room.getBoundingClientRect(); return box.left + box.width / 2; }
    function nearest(row, x) {
      return row.reduce(function (best, room) { return Math.abs(middle(room) - x) < Math.abs(middle(best) - x) ? room : best; });
    }
    function step(row, at, key) {
      var rooms = rows[row], to = { ArrowLeft: rooms[at - 1], ArrowRight: rooms[at + 1], Home: rooms[0], End: rooms[rooms.length - 1] };
      if (key in to) { return to[key]; }
      var next = rows[key === "ArrowUp" ? row - 1 : key === "ArrowDown" ? row + 1 : -1];
      return next && nearest(next, middle(rooms[at]));
    }

    rows.forEach(function (rooms, row) {
      rooms.forEach(function (room, at) {
        room.tabIndex = -1;
        room.addEventListener("focus", function () { show(room); });
        room.addEventListener("mouseenter", function () { if (!plan.contains(document.activeElement)) { show(room); } });
        room.addEventListener("pointerdown", function (event) { byTouch = event.pointerType !== "mouse" && current !== room; });
        // The first tap tells, the second leads on.
        room.addEventListener("click", function (event) {
          if (byTouch) { event.preventDefault(); show(room); byTouch = false; }
        });
        room.addEventListener("keydown", function (event) {
          if (event.ctrlKey || event.altKey || event.metaKey) { return; }
          var to = step(row, at, event.key);
          if (to) { event.preventDefault(); to.focus(); } else if (event.key.indexOf("Arrow") === 0) { event.preventDefault(); }
        });
      });
    });
    rows[0][0].tabIndex = 0;
  }
  each("[data-plan]", walkPlan);

  startCharts();
  footOnPaper();
  reachable();
  window.addEventListener("resize", reachable);
}());
