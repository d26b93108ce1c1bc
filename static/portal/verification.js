/* The verification desk: the reason that is still missing, walking through rows and documents by keys. */
(function () {
  "use strict";

  const place = document.getElementById("ban-tham-dinh");
  if (!place) return;

  /* ── A verdict that differs needs a reason before its button works; the server asks for it in any case. */
  function weigh() {
    const form = document.getElementById("phieu-tham-dinh");
    const told = form && form.querySelector("[data-reason-needed]");
    if (!told) return;
    const press = form.querySelector("[data-verdict]");
    const unfounded = told.dataset.reasonNeeded === "yes" && !form.querySelector("[name=reason]").value.trim();
    press.disabled = unfounded;
    document.getElementById("can-ly-do").hidden = !unfounded;
    const ready = form.querySelector("[data-usual-reasons]");
    if (ready && unfounded) ready.open = true;
    form.querySelector("[data-verdict-words]").textContent = told.dataset.words;
    form.querySelectorAll(".way-answer input").forEach((field) => field.classList.toggle("differs", field.value !== field.defaultValue));
  }
  document.addEventListener("input", (event) => event.target.closest("#phieu-tham-dinh") && weigh());

  /* ── A usual reason is put into the field above it, in place of one put there before; what is typed beside it stays.
     Once its words are gone from the field it is no longer the one that was picked. */
  place.addEventListener("change", (event) => {
    const chosen = event.target.closest("[data-usual]");
    if (!chosen) return;
    const field = chosen.form.querySelector("textarea");
    const before = usual(chosen.form).find((one) => one !== chosen && field.value.includes(one.dataset.usual));
    if (before) field.value = field.value.replace(before.dataset.usual, () => chosen.dataset.usual);
    else if (!field.value.includes(chosen.dataset.usual)) field.value = [chosen.dataset.usual, field.value.trim()].filter(Boolean).join(" ");
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  place.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    usual(event.target.form).forEach((one) => (one.checked = one.checked && event.target.value.includes(one.dataset.usual.replace(/\.$/, ""))));
  });

  place.addEventListener("toggle", (event) => {
    if (event.target.matches("[data-usual-reasons]") && event.target.contains(document.activeElement)) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  function usual(form) {
    return Array.from(form.querySelectorAll("[data-usual]"));
  }

  /* typing into an input says which way is meant */
  document.addEventListener("input", (event) => {
    const pair = event.target.closest(".way-answer, .way-points");
    if (!pair) return;
    document.getElementById(pair.matches(".way-points") ? "cach-2" : "cach-1").checked = true;
  }, true);

  /* Ctrl+Enter and C reach their buttons through keys.js; inside the form Enter alone writes nothing by accident */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && event.target.matches("#phieu-tham-dinh .pair input")) event.preventDefault();
  });

  /* ── Walking. */
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) walk(Number(step.dataset.step));
    const turn = event.target.closest("[data-doc-step]");
    if (turn) leaf(Number(turn.dataset.docStep));
    if (event.target.closest("[data-to-verdict]")) toVerdict();
    const chip = event.target.closest("[data-show-doc]");
    if (chip) showDocument(chip.dataset.showDoc);
  });

  function walk(by) {
    const links = Array.from(place.querySelectorAll(".queue ol a:not(.btn)"));
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const link = links[Math.max(0, Math.min(links.length - 1, at + by))];
    if (link) link.click();
  }

  /* the first input that can be seen: of the way in which the verdict is given */
  function toVerdict() {
    const fields = Array.from(place.querySelectorAll("#phieu-tham-dinh .pair input, #ly-do"));
    const field = fields.find((one) => one.getClientRects().length);
    if (field) field.focus();
    if (field && field.select) field.select();
  }

  function documents() {
    return Array.from(place.querySelectorAll("[data-doc]"));
  }

  function leaf(by) {
    const all = documents();
    const at = all.findIndex((one) => !one.hidden);
    if (all.length) showDocument(all[(at + by + all.length) % all.length].id);
  }

  function showDocument(id) {
    documents().forEach((one) => (one.hidden = one.id !== id));
    place.querySelectorAll("[data-show-doc]").forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.showDoc === id)));
  }

  /* ── After a verdict the queue keeps its place and the new row is announced. */
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === place) scrolled = place.querySelector(".queue").scrollTop;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === place) settle();
    weigh();
  });

  function settle() {
    const queue = place.querySelector(".queue");
    queue.scrollTop = scrolled;
    reveal();
    const heading = place.querySelector("[role=alert]") ? place.querySelector("[data-first-field] input") : place.querySelector("[data-row-heading]");
    if (heading) heading.focus({ preventScroll: true });
  }

  function reveal() {
    const queue = place.querySelector(".queue");
    const current = queue.querySelector("[aria-current]");
    if (!current) return;
    const [box, frame] = [current.getBoundingClientRect(), queue.getBoundingClientRect()];
    if (box.top < frame.top + 48 || box.bottom > frame.bottom) queue.scrollTop += box.top - frame.top - frame.height / 3;
  }

  reveal();
  weigh();
})();
