/* The dossier's page: one row open at a time, moving by keys, filters without a new page, evidence beside the row.
   Saving is rows.js; without script each row is a plain form and each link a plain address. */
(function () {
  "use strict";

  const sheet = document.querySelector("[data-dossier]");
  if (!sheet) return;
  const panel = document.getElementById("minh-chung");
  const dialog = document.getElementById("to-minh-chung");
  const narrow = window.matchMedia("(max-width: 1199.98px)");
  const waiting = panel.innerHTML;

  function rows() {
    return Array.from(sheet.querySelectorAll(".score-row")).filter((row) => row.getClientRects().length);
  }

  function toggle(row) {
    return row.querySelector("[data-toggle-row]");
  }

  function here() {
    return sheet.querySelector(".score-row.here");
  }

  function close(row) {
    row.classList.remove("here");
    row.querySelector(".more").hidden = true;
    toggle(row).setAttribute("aria-expanded", "false");
  }

  function open(row, focus) {
    sheet.querySelectorAll(".score-row.here").forEach((other) => other !== row && close(other));
    row.classList.add("here");
    row.querySelector(".more").hidden = false;
    toggle(row).setAttribute("aria-expanded", "true");
    history.replaceState(history.state, "", `#${row.id}`);
    if (focus) {
      toggle(row).focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    if (!narrow.matches) show(row);
  }

  function into(row) {
    const field = row && row.querySelector(".more input:not([type=hidden]):not(:disabled), .more textarea");
    if (field) field.focus();
  }

  /* ── Evidence: beside the row where there is room, else in a sheet over it. */
  function show(row) {
    const link = row.querySelector("[data-evidence]");
    if (!link) {
      panel.innerHTML = waiting;
      return;
    }
    if (panel.dataset.of === link.getAttribute("href")) return;
    panel.dataset.of = link.getAttribute("href");
    window.htmx.ajax("GET", panel.dataset.of, { target: panel, swap: "innerHTML" });
  }

  function place() {
    if (narrow.matches) dialog.querySelector("[data-evidence-place]").append(panel);
    else sheet.append(panel);
  }
  narrow.addEventListener("change", place);
  place();

  function toEvidence(row) {
    if (!row) return;
    show(row);
    if (narrow.matches) dialog.showModal();
    else panel.focus();
  }

  /* ── Clicks. */
  document.addEventListener("click", (event) => {
    const title = event.target.closest("[data-toggle-row]");
    if (title) {
      event.preventDefault();
      const row = title.closest(".score-row");
      if (!row.classList.contains("here")) open(row, true);
      else if (event.detail === 0) into(row); /* pressed by a key: go on into the row */
      else close(row);
      return;
    }
    const evidence = event.target.closest("[data-evidence]");
    if (evidence) {
      event.preventDefault();
      const row = evidence.closest(".score-row");
      open(row, false);
      toEvidence(row);
      return;
    }
    const chip = event.target.closest("[data-filter-by]");
    if (chip) {
      event.preventDefault();
      filter(chip.dataset.filterBy);
      return;
    }
    const clear = event.target.closest("[data-clear]");
    if (clear) {
      const box = clear.closest("fieldset");
      box.querySelectorAll("input:checked").forEach((choice) => (choice.checked = false));
      box.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const step = event.target.closest("[data-step]");
    if (step) walk(Number(step.dataset.step));
    if (event.target.closest("[data-into]")) into(here() || rows()[0]);
    if (event.target.closest("[data-to-evidence]")) toEvidence(here());
    if (event.target.closest("[data-next-unanswered]")) next();
  });

  function walk(by) {
    const all = rows();
    const at = all.indexOf(here());
    const row = at < 0 ? all[0] : all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (row) open(row, true);
  }

  function next() {
    const all = rows();
    const at = all.indexOf(here());
    const after = all.slice(at + 1).concat(all.slice(0, at + 1));
    const row = after.find((one) => one.querySelector("[data-unanswered]"));
    if (!row) return;
    open(row, true);
    into(row);
  }

  function filter(name) {
    sheet.dataset.filter = name;
    sheet.querySelectorAll(".chips [data-filter-by]").forEach((chip) => {
      if (chip.dataset.filterBy === name) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    });
  }

  /* ── A checklist: "none of them" and its items exclude each other. In the capture phase, before the row is sent. */
  document.addEventListener(
    "change",
    (event) => {
      const box = event.target.closest(".answer-options");
      const none = box && box.querySelector("[data-none]");
      if (!none || !event.target.checked) return;
      if (event.target === none) box.querySelectorAll("input:checked").forEach((item) => item !== none && (item.checked = false));
      else none.checked = false;
    },
    true
  );

  /* ── What was refused is marked on its input, until it is changed. */
  document.addEventListener("portal:row-answered", (event) => {
    const told = event.target.querySelector("[data-fault]");
    event.target.querySelectorAll("[data-box]").forEach((box) => {
      const faulty = told && told.dataset.fault === box.dataset.box;
      const field = box.matches("fieldset") ? box : box.querySelector("input");
      field.classList.toggle("not-valid", Boolean(faulty));
      if (faulty) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  });

  /* a row that was answered whole (after a choice) stands open again */
  document.addEventListener("htmx:load", (event) => {
    const row = event.detail.elt;
    if (row.matches && row.matches(".score-row") && !row.querySelector(".more").hidden) {
      row.classList.add("here");
      into(row);
    }
  });

  /* ── Where one is: the area at the left, the row that the address names. */
  const areas = Array.from(sheet.querySelectorAll(".area-list a[data-area]"));
  const seen = new IntersectionObserver(
    (entries) =>
      entries
        .filter((entry) => entry.isIntersecting)
        .forEach((entry) => areas.forEach((link) => (link.dataset.area === entry.target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")))),
    { rootMargin: "-20% 0px -75% 0px" }
  );
  sheet.querySelectorAll(".area").forEach((area) => seen.observe(area));

  function named() {
    const row = window.location.hash && document.getElementById(window.location.hash.slice(1));
    if (row && row.matches(".score-row")) open(row, true);
  }
  window.addEventListener("hashchange", named);
  const asked = rows().find((row) => !row.querySelector(".more").hidden);
  if (asked) open(asked, true);
  else named();
})();
