// Dropping files on /imports, and telling that a file is too large before it is sent. The form works without it.
(() => {
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const zone = form.querySelector("[data-drop]");
  const message = form.querySelector("[data-message]");
  const limit = Number(form.dataset.limit);

  const check = () => {
    const large = [...input.files].find((file) => file.size > limit);
    message.hidden = !large;
    message.textContent = large ? `${large.name} ${form.dataset.tooLarge}` : "";
    return !large;
  };
  input.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
  for (const kind of ["dragover", "dragenter"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    if (check()) form.requestSubmit();
  });
})();

// On a preview, another choice is shown at once, so that what is committed is what was looked at.
for (const choices of document.querySelectorAll("[data-choices]")) {
  choices.addEventListener("change", () => choices.form.requestSubmit());
}
