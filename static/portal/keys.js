/* Keyboard shortcuts: a button or link that carries data-key is pressed by that key, a field takes the focus.
   Vietnamese input methods are on all day: single keys work only while no field has the focus and nothing is being
   composed; inside a field only Ctrl, Alt and Esc count. They can be switched off (WCAG 2.1.4) in the person's menu. */
(function () {
  "use strict";

  const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", PageUp: "PgUp", PageDown: "PgDn" };
  const REMEMBERED = "portal-keys";
  const help = document.getElementById("phim-tat");
  let on = remembered() !== "off";

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch (refused) {
      return null;
    }
  }

  function pressed(event) {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + name;
  }

  function inField(target) {
    return target.isContentEditable || (target.matches && target.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select"));
  }

  function reachable(element) {
    return !element.disabled && element.getClientRects().length > 0;
  }

  /* the same key may stand in every row: the row one is in comes first */
  function holder(key) {
    const dialog = document.querySelector("dialog[open]");
    const all = Array.from((dialog || document).querySelectorAll("[data-key]")).filter((element) => element.dataset.key === key && reachable(element));
    return all.find((element) => element.closest(".here")) || all[0];
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const field = inField(event.target);
    if (event.key === "Escape") {
      if (field) event.target.blur();
      return;
    }
    if (!on || (field && !event.ctrlKey && !event.metaKey && !event.altKey)) return;
    const key = pressed(event);
    if (key === "?" && help && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      showAll();
      return;
    }
    const target = holder(key);
    if (!target) return;
    if (key === "Enter" && event.target !== document.body && event.target.matches("a, button, summary")) return;
    event.preventDefault();
    if (inField(target)) target.focus();
    else target.click();
  });

  function sign(key) {
    return key
      .split("+")
      .map((part) => SIGNS[part] || (part.length === 1 ? part.toUpperCase() : part))
      .join(" + ");
  }

  function showAll() {
    const list = help.querySelector("[data-keys-list]");
    const named = new Map([["?", "mở bảng này"], ["Escape", "ra khỏi ô nhập, đóng bảng"]]);
    document.querySelectorAll("[data-key]").forEach((element) => {
      if (!named.has(element.dataset.key) && reachable(element)) named.set(element.dataset.key, words(element));
    });
    list.replaceChildren();
    named.forEach((meaning, key) => {
      const term = document.createElement("dt");
      const cap = document.createElement("kbd");
      const meant = document.createElement("dd");
      cap.textContent = key === "Escape" ? "Esc" : sign(key);
      meant.textContent = meaning;
      term.append(cap);
      list.append(term, meant);
    });
    help.showModal();
  }

  function words(element) {
    const text = element.dataset.keyWords || element.getAttribute("aria-label") || element.placeholder || element.textContent;
    return text.replace(/\s+/g, " ").trim();
  }

  function show() {
    document.querySelectorAll("[data-keys-switch]").forEach((press) => {
      const text = press.querySelector("[data-words-on]");
      press.setAttribute("aria-pressed", String(on));
      text.textContent = on ? text.dataset.wordsOn : text.dataset.wordsOff;
    });
    document.querySelectorAll("[data-key]").forEach((element) => {
      if (on) element.setAttribute("aria-keyshortcuts", element.dataset.key.replace("Ctrl", "Control"));
      else element.removeAttribute("aria-keyshortcuts");
    });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]") && help) showAll();
    if (!event.target.closest("[data-keys-switch]")) return;
    on = !on;
    try {
      localStorage.setItem(REMEMBERED, on ? "on" : "off");
    } catch (refused) {
      /* private windows keep nothing: the choice then lasts as long as the page */
    }
    show();
  });
  show();
})();
