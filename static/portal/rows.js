/* Rows that save themselves. The server's answer replaces the row's state; until it comes, the row says in words where
   the text is. Nothing typed is thrown away: it stays in the field, on this machine (pen.js), and is sent again. */
(function () {
  "use strict";

  const pen = window.portalPen;
  const WAITS = [3, 6, 12, 30, 60]; /* seconds before the next attempt */
  const rows = new Map();
  let lostSince = null;

  /* confirmed: the text the server has; sent: the text under way; said: the server's last words about the row */
  function row(form) {
    if (!rows.has(form)) rows.set(form, { confirmed: text(form), sent: null, unsettled: false, tries: 0, timer: null, said: null });
    return rows.get(form);
  }

  function text(form) {
    const fields = pen.typed(form);
    delete fields.version;
    return JSON.stringify(fields);
  }

  function waiting(form) {
    const entry = row(form);
    return entry.unsettled || text(form) !== entry.confirmed;
  }

  function unsent() {
    rows.forEach((entry, form) => document.contains(form) || rows.delete(form));
    return Array.from(rows.keys()).filter(waiting).length;
  }

  function formOf(element) {
    return element && element.closest ? element.closest("form[data-row]") : null;
  }

  /* the row that asked, even if the answer took its place in the page */
  function asker(event) {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt;
    return form && form.matches("form[data-row]") ? form : null;
  }

  /* ── What the row says. The words are templates in the page (_row_words.html); the hidden version stays in its place. */
  function show(form, name) {
    const place = form.querySelector(".row-state");
    const words = document.querySelector(`template[data-row-words="${name}"]`);
    if (!place || !words) return;
    const entry = row(form);
    entry.said = entry.said || Array.from(place.childNodes);
    place.replaceChildren(words.content.cloneNode(true), ...place.querySelectorAll("input[type=hidden]"));
    mark(form);
  }

  function sayAgain(form) {
    const entry = row(form);
    if (entry.said) form.querySelector(".row-state").replaceChildren(...entry.said);
    entry.said = null;
    mark(form);
  }

  function mark(form) {
    const badge = form.querySelector(".row-state .state");
    const state = badge && Array.from(badge.classList).find((part) => /^state-\w+$/.test(part));
    if (state) (form.closest(".score-row") || form).dataset.state = state.slice("state-".length);
  }

  function count() {
    const left = unsent();
    document.querySelectorAll("[data-unsent]").forEach((part) => (part.hidden = !left));
    document.querySelectorAll("[data-all-sent]").forEach((part) => (part.hidden = !!left));
    document.querySelectorAll("[data-unsent-count]").forEach((part) => (part.textContent = String(left)));
    if (!lostSince) return;
    const clock = lostSince.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    say(`Mất kết nối từ ${clock}. Vẫn gõ tiếp được; ${left} dòng đang giữ trên máy này, có mạng cổng sẽ tự gửi.`);
  }

  function say(words) {
    document.dispatchEvent(new CustomEvent("portal:say", { detail: words }));
  }

  /* ── Typing. In the capture phase, so that the text is noted before htmx sends it. */
  document.addEventListener("focusin", (event) => formOf(event.target) && row(formOf(event.target)), true);
  document.addEventListener("input", typed, true);
  document.addEventListener("change", typed, true);
  function typed(event) {
    const form = formOf(event.target);
    if (!form || event.target.type === "file") return;
    if (waiting(form)) {
      show(form, "typing");
      pen.keep(form).catch(() => {});
    } else {
      sayAgain(form);
      pen.forget(form).catch(() => {});
    }
    count();
  }

  /* ── Sending and what came back. */
  function send(form) {
    const entry = row(form);
    clearTimeout(entry.timer);
    entry.timer = null;
    if (document.contains(form) && waiting(form)) window.htmx.trigger(form, "submit");
  }

  function again(form, words) {
    const entry = row(form);
    const wait = WAITS[Math.min(entry.tries, WAITS.length - 1)];
    entry.tries += 1;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => send(form), wait * 1000);
    show(form, words);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = asker(event);
    if (!form) return;
    const entry = row(form);
    const pressed = (event.detail.requestConfig.triggeringEvent || {}).submitter;
    if (!waiting(form) && !(pressed && pressed.name)) {
      event.preventDefault(); /* Enter after a change that has just been saved: nothing new to send */
      return;
    }
    entry.sent = text(form);
    entry.unsettled = true;
    entry.signedOut = false;
    show(form, "sending");
  });

  /* an answer that changed nothing on the server need not repeat the version */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = asker(event);
    if (form && event.detail.shouldSwap) row(form).version = form.querySelector(".row-state input[name=version]");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = asker(event);
    const place = form && form.querySelector(".row-state");
    if (!place) return;
    const entry = row(form);
    entry.said = null;
    if (entry.version && !form.querySelector("[name=version]")) place.append(entry.version);
    mark(form);
  });

  document.addEventListener("portal:signed-out", (event) => {
    const form = formOf(event.target);
    if (form) row(form).signedOut = true;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = asker(event);
    if (!form) return;
    const entry = row(form);
    const status = event.detail.xhr.status;
    if (status) found();
    if (entry.signedOut) show(form, "signed-out");
    else if (status >= 200 && status < 300) settled(form);
    else if (status === 403) show(form, "forbidden");
    else if (status === 404) show(form, "gone");
    else if (status === 0) lost(form);
    else if (status >= 500 || status === 429) again(form, "fault");
    count();
  });

  function settled(form) {
    const entry = row(form);
    Object.assign(entry, { confirmed: entry.sent, unsettled: false, tries: 0 });
    if (waiting(form)) show(form, "typing");
    else pen.forget(form).catch(() => {});
    if (!lostSince) say("");
  }

  function lost(form) {
    lostSince = lostSince || new Date();
    again(form, "offline");
  }

  function found() {
    if (!lostSince) return;
    lostSince = null;
    say("");
    resume();
  }

  function resume() {
    rows.forEach((entry, form) => entry.timer && send(form));
  }
  window.addEventListener("online", resume);

  window.addEventListener("beforeunload", (event) => {
    if (unsent()) event.preventDefault();
  });

  /* the person chose the other version: what was typed here is let go */
  document.addEventListener("click", (event) => {
    const press = event.target.closest("[data-drop]");
    const form = press && document.getElementById(press.dataset.drop);
    if (!form) return;
    Object.assign(row(form), { confirmed: text(form), unsettled: false });
    pen.forget(form).catch(() => {});
    count();
  });

  /* what was left unsent by a crash, a lost network or an ended session goes back into its fields and is sent */
  window.addEventListener("load", () => {
    const forms = Array.from(document.querySelectorAll("form[data-row]"));
    if (!forms.length) return;
    pen
      .kept()
      .then((entries) =>
        forms.forEach((form) => {
          const entry = entries.get(pen.address(form));
          if (!entry) return;
          row(form).unsettled = true;
          pen.refill(form, entry);
          show(form, "kept");
          send(form);
        })
      )
      .then(count)
      .catch(() => {});
  });
})();
