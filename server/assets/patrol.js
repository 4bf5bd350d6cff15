// The script of patrol forms: shows what was photographed before it is sent, keeps the last grid and name, and says that a form is on its
// way. Every form works without it.
(function () {
  "use strict";

  function each(root, selector, f) { Array.prototype.forEach.call(root.querySelectorAll(selector), f); }
  function stored(key, value) {
    try {
      if (value === undefined) { return localStorage.getItem(key); }
      localStorage.setItem(key, value);
    } catch (err) { /* a browser that keeps nothing types again */ }
    return null;
  }

  each(document, "[data-patrol]", function (form) {
    ["by", "grid"].forEach(function (name) {
      var field = form.elements[name];
      if (!field || field.readOnly) { return; }
      if (!field.value) { field.value = stored("taizhang.patrol." + name) || ""; }
      field.addEventListener("change", function () { stored("taizhang.patrol." + name, field.value.trim()); });
    });
    var preview = form.querySelector("[data-preview]");
    function show() {
      each(preview, "img", function (old) { URL.revokeObjectURL(old.src); });
      preview.textContent = "";
      each(form, "[data-photo]", function (input) {
        Array.prototype.forEach.call(input.files, function (file) {
          var img = document.createElement("img");
          img.alt = file.name;
          img.src = URL.createObjectURL(file);
          preview.appendChild(img);
        });
      });
    }
    if (preview) { each(form, "[data-photo]", function (input) { input.addEventListener("change", show); }); }
    form.addEventListener("submit", function () {
      each(form, "button", function (button) { button.setAttribute("aria-busy", "true"); });
      setTimeout(function () { each(form, "button", function (button) { button.disabled = true; }); }, 0);
    });
  });
})();
