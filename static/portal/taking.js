/* Texts beside a field (the period before, units below) go into it with one press. The field then saves itself as if it
   had been typed, so that nothing is lost or written behind the back of whoever types: portal/rows.js sees an input. */
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-into]");
    if (!button) return;
    const field = document.getElementById(button.dataset.takeInto);
    const source = document.getElementById(button.dataset.takeFrom);
    if (!field || !source) return;
    const name = button.dataset.takeName;
    const words = (name ? `${name}: ` : "") + source.textContent.trim();
    const before = field.value.trimEnd();
    field.value = before ? `${before}\n${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollTop = field.scrollHeight;
    if (button.dataset.taken) {
      button.removeAttribute("data-take-into"); /* a second press does nothing; the focus stays */
      button.textContent = button.dataset.taken;
    }
  });
})();
