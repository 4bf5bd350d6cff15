// The wall display's script: lets the views take turns, fetches the page again
// and puts in only what changed, and keeps the last picture while the server
// cannot be reached. Without it the first view stands and the browser reloads.
(function () {
  "use strict";

  var root = document.documentElement;
  var views = document.querySelector(".turnviews");
  var all = Array.prototype.slice.call(document.querySelectorAll(".view"));
  var ways = Array.prototype.slice.call(document.querySelectorAll(".turns a"));
  var turnAfter = views.dataset.turn * 1000, renewAfter = views.dataset.renew * 1000;
  var retryAfter = 5000, patience = 20000, rest = 60000;

  function clockTime(date) { return date.toTimeString().slice(0, 8); }

  // ---- views ----
  var at = 0, restsUntil = 0;
  function show(n) {
    at = (n + all.length) % all.length;
    all.forEach(function (view, i) { view.classList.toggle("on", i === at); });
    ways.forEach(function (way, i) { if (i === at) { way.setAttribute("aria-current", "true"); } else { way.removeAttribute("aria-current"); } });
  }
  function choose(n) { restsUntil = Date.now() + rest; show(n); }
  ways.forEach(function (way, i) { way.addEventListener("click", function (event) { event.preventDefault(); choose(i); }); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "ArrowRight") { choose(at + 1); }
    if (event.key === "ArrowLeft") { choose(at - 1); }
  });
  // Whoever is about to follow a link is not to find it gone.
  ["pointermove", "focusin"].forEach(function (name) { views.addEventListener(name, function () { restsUntil = Date.now() + rest; }); });
  setInterval(function () { if (Date.now() > restsUntil) { show(at + 1); } }, turnAfter);
  views.dataset.run = "";
  var wanted = all.findIndex(function (view) { return "#" + view.id === location.hash; });
  show(Math.max(wanted, 0));

  // ---- the time ----
  var clock = document.querySelector("[data-clock]");
  function tick() { clock.textContent = clockTime(new Date()).slice(0, 5); }
  tick();
  setInterval(tick, 1000);

  // ---- renewing ----
  var lost = document.querySelector("[data-lost]"), last = new Date(), lostSince = null, timer = 0, asking = false;

  function scripts(page) { return Array.prototype.map.call(page.querySelectorAll("script[src]"), function (s) { return s.getAttribute("src"); }).join(" "); }

  // A chart stays where it is and takes its new figures; everything else about its card is put in anew.
  function renewChart(was, now) {
    var chart = was.querySelector(".chart"), next = now.querySelector(".chart");
    if (!chart || !next || chart.dataset.chart !== next.dataset.chart) { return false; }
    var id = "#option-" + chart.dataset.chart;
    chart.dataset.stamp = next.dataset.stamp;
    was.querySelector(id).textContent = now.querySelector(id).textContent;
    [".card > header", ".behind", ".more"].forEach(function (part) {
      var old = was.querySelector(part), fresh = now.querySelector(part);
      if (old && fresh) { old.replaceChildren.apply(old, Array.prototype.slice.call(document.importNode(fresh, true).childNodes)); }
    });
    return true;
  }

  function put(page) {
    var charts = false;
    Array.prototype.forEach.call(document.querySelectorAll("[data-part]"), function (was) {
      var now = page.querySelector('[data-part="' + was.dataset.part + '"]');
      if (!now) { return; }
      var option = was.querySelector("script"), fresh = now.querySelector("script");
      if (option && fresh ? option.textContent === fresh.textContent : was.isEqualNode(document.importNode(now, true))) { return; }
      charts = charts || Boolean(option || fresh);
      if (option && fresh && renewChart(was, now)) { return; }
      was.replaceChildren.apply(was, Array.prototype.slice.call(document.importNode(now, true).childNodes));
    });
    if (charts) { document.dispatchEvent(new Event("charts:renew")); }
  }

  function found(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    if (!page.querySelector(".turnviews")) { throw new Error("another page answered"); }
    // Another version of the program: its scripts and styles are others.
    if (scripts(page) !== scripts(document)) { location.reload(); return; }
    put(page);
    last = new Date();
    lostSince = null;
    lost.hidden = true;
    root.dataset.renewed = String(Number(root.dataset.renewed || 0) + 1);
  }

  function missed() {
    lostSince = lostSince || new Date();
    lost.textContent = lost.dataset.lost.replace("{since}", clockTime(lostSince)).replace("{last}", clockTime(last));
    lost.hidden = false;
  }

  function renew() {
    if (asking) { return; }
    asking = true;
    clearTimeout(timer);
    var stop = new AbortController(), late = setTimeout(function () { stop.abort(); }, patience);
    fetch(location.pathname + location.search, { cache: "no-cache", signal: stop.signal, headers: { Accept: "text/html" } }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(found).catch(missed).then(function () {
      clearTimeout(late);
      asking = false;
      timer = setTimeout(renew, lostSince ? retryAfter : renewAfter);
    });
  }
  timer = setTimeout(renew, renewAfter);
  window.addEventListener("online", renew);
  window.addEventListener("offline", missed);
}());
