/* Small forms in a part of the page that other answers replace: what is typed in one stays with its address until the
   server has seen it, and goes back into the field when the form comes back. */
(function () {
  "use strict";

  const kept = new Map();

  function address(form) {
    return form.getAttribute("action");
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keeps]");
    if (form) kept.set(address(form), Array.from(form.elements).filter((field) => field.name && field.name !== "csrfmiddlewaretoken").map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
  });

  document.addEventListener("submit", (event) => event.target.matches("form[data-keeps]") && !event.target.hasAttribute("hx-post") && kept.delete(address(event.target)));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (form && form.matches("form[data-keeps]") && event.detail.shouldSwap) kept.delete(address(form));
  });

  document.addEventListener("htmx:load", (event) => {
    if (!event.detail.elt.querySelectorAll) return;
    event.detail.elt.querySelectorAll("form[data-keeps]").forEach((form) => {
      const fields = kept.get(address(form));
      if (!fields) return;
      fields.forEach(([name, value]) => {
        const field = form.elements[name];
        if (field.type === "checkbox") field.checked = value;
        else field.value = value; /* the version too: the server then tells of whoever wrote meanwhile */
      });
      const folded = form.closest("details");
      if (folded) folded.open = true;
    });
  });

  window.addEventListener("beforeunload", (event) => {
    if (kept.size) event.preventDefault();
  });
})();
