// The meeting's script: saves minutes as people type, keeps what could not be
// saved, and remembers the typist's name. Every form works without it.
(function () {
  "use strict";

  var wait = 1500;
  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }
  function stored(key, value) {
    try {
      if (value === undefined) { return localStorage.getItem(key); }
      if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); }
    } catch (err) { /* a browser that keeps nothing still saves to the record */ }
    return null;
  }

  // ---- the typist's name, typed once ----
  function myName() { var field = document.querySelector("[data-by]"); return field ? field.value.trim() : ""; }
  function spread() { each("[data-mine]", function (field) { field.value = myName(); }); }
  each("[data-by]", function (field) {
    if (!field.value) { field.value = stored("taizhang.by") || ""; }
    field.addEventListener("input", function () { stored("taizhang.by", field.value.trim()); spread(); });
  });
  each('input[name="proposer"]', function (field) { if (!field.value) { field.value = stored("taizhang.proposer") || ""; } field.addEventListener("change", function () { stored("taizhang.proposer", field.value.trim()); }); });
  spread();

  // ---- minutes ----
  var line = document.querySelector("[data-saved]");
  function say(what, detail) {
    if (!line) { return; }
    line.textContent = line.dataset[what] + (detail ? " " + detail : "");
    line.dataset.state = what;
  }

  function Box(form) {
    var box = this;
    box.form = form;
    box.draft = "taizhang.draft." + form.elements.date.value + "." + form.elements.topic.value;
    box.saved = box.text();
    box.timer = 0;
    box.busy = false;
    form.querySelector("[data-button]").hidden = true;
    var kept = stored(box.draft);
    if (kept) {
      var words = JSON.parse(kept);
      form.elements.said.value = words.said;
      form.elements.decision.value = words.decision;
      if (words.version) { form.elements.version.value = words.version; }
      form.closest("details").open = true;
      box.changed();
    }
    form.addEventListener("input", function () { box.changed(); });
    form.addEventListener("focusout", function () { box.save(false); });
    form.addEventListener("submit", function (event) { event.preventDefault(); box.save(false); });
  }

  Box.prototype.text = function () { return this.form.elements.said.value + "\u0000" + this.form.elements.decision.value; };
  Box.prototype.dirty = function () { return this.text() !== this.saved; };

  Box.prototype.changed = function () {
    var box = this, fields = this.form.elements;
    if (!box.dirty()) { stored(box.draft, null); return; }
    stored(box.draft, JSON.stringify({ said: fields.said.value, decision: fields.decision.value, version: fields.version.value }));
    say("typing");
    clearTimeout(box.timer);
    box.timer = setTimeout(function () { box.save(false); }, wait);
  };

  // save hands over what was typed; leaving says that the page is going away.
  Box.prototype.save = function (leaving) {
    var box = this, fields = this.form.elements;
    clearTimeout(box.timer);
    if (box.busy || box.stopped || !box.dirty()) { return; }
    spread();
    var sent = box.text(), body = new URLSearchParams(new FormData(box.form));
    box.busy = true;
    say("saving");
    fetch(box.form.action, { method: "POST", body: body, keepalive: leaving, headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.json().then(function (said) { return { status: answer.status, said: said }; });
    }).then(function (got) {
      box.busy = false;
      if (got.status === 409 && got.said.clash) { box.clashed(got.said.clash.entries[0], got.said.error.message); return; }
      if (got.status >= 400) { say("failed", got.said.error ? got.said.error.message : ""); return; }
      var entry = got.said.saved.entries[0];
      fields.version.value = entry.version;
      fields.key.value = entry.key;
      box.saved = sent;
      stored(box.draft, null);
      box.paper();
      say("done", new Date().toTimeString().slice(0, 5));
      if (box.dirty()) { box.changed(); }
    }).catch(function () { box.busy = false; say("failed"); box.timer = setTimeout(function () { box.save(false); }, 5000); });
  };

  // clashed shows what somebody else wrote beside what stands in the boxes; nothing typed is taken away.
  Box.prototype.clashed = function (entry, message) {
    var box = this, place = this.form.querySelector("[data-clashed]"), button = this.form.querySelector("[data-button]");
    box.stopped = true;
    place.textContent = message;
    entry.fields.forEach(function (f) {
      var p = document.createElement("span");
      p.className = "pre theirs";
      p.textContent = f.field + " · " + f.stands + (f.from ? " (" + f.from.by + ")" : "");
      if (f.field === "said" || f.field === "decision") { place.appendChild(p); }
    });
    place.hidden = false;
    button.hidden = false;
    // Saved again it stands over what is shown here, which the person has now seen.
    button.addEventListener("click", function () {
      box.form.elements.version.value = entry.stands.version;
      box.form.elements.key.value = entry.key;
      box.stopped = false;
      place.hidden = true;
      button.hidden = true;
    }, { once: true });
    say("clash");
  };

  Box.prototype.paper = function () {
    var row = document.querySelector('[data-paper="' + this.form.dataset.minutes + '"]');
    if (!row) { return; }
    row.cells[1].textContent = this.form.elements.said.value;
    row.cells[2].textContent = this.form.elements.decision.value;
    row.hidden = !(this.form.elements.said.value || this.form.elements.decision.value);
  };

  var boxes = [];
  each("form[data-minutes]", function (form) { boxes.push(new Box(form)); });
  window.addEventListener("pagehide", function () { boxes.forEach(function (box) { box.save(true); }); });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { boxes.forEach(function (box) { box.save(true); }); } });
  // The meeting is frozen with all that was typed: the boxes are saved first.
  var close = document.getElementById("close");
  if (close) {
    close.addEventListener("submit", function (event) {
      var open = boxes.filter(function (box) { return box.busy || box.dirty(); });
      if (!open.length) { return; }
      event.preventDefault();
      open.forEach(function (box) { box.save(false); });
      var tries = 0;
      var timer = setInterval(function () {
        if (!boxes.some(function (box) { return box.busy || box.dirty(); })) { clearInterval(timer); close.requestSubmit(); } else if (++tries > 50) { clearInterval(timer); }
      }, 100);
    });
  }
}());
