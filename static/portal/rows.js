/* Rows that save themselves: what is typed goes to pen.js at once and to the server through queue.js; the row says in
   words and colour where the text is. Nothing typed is thrown away, and nothing newer is covered by an older answer. */
window.portalRows = (function () {
  "use strict";

  const pen = window.portalPen;
  const queue = window.portalQueue;
  const PAUSE = 800; /* milliseconds after the last letter */
  const OF_THE_PEN = ["version", "their_version", "draft", "choose"];
  const rows = new Map();
  let lostSince = null;

  /* known: the text the server holds, stored or as a draft; noted: the text last kept here; said: the server's words */
  function row(form) {
    if (!rows.has(form)) {
      const text = textOf(pen.typed(form));
      rows.set(form, { pen: pen.fresh(), stroke: 0, fields: {}, known: text, noted: text, unsettled: false, at: 0, timer: null, said: null });
    }
    return rows.get(form);
  }

  function textOf(fields) {
    return JSON.stringify(Object.entries(fields).filter(([name]) => !OF_THE_PEN.includes(name)));
  }

  function waiting(form) {
    const entry = row(form);
    return entry.unsettled || textOf(pen.typed(form)) !== entry.known;
  }

  function unsent() {
    rows.forEach((entry, form) => document.contains(form) || rows.delete(form));
    return Array.from(rows.keys()).filter(waiting).length;
  }

  function formOf(element) {
    return element && element.closest ? element.closest("form[data-row]") : null;
  }

  function formAt(address) {
    return Array.from(document.querySelectorAll("form[data-row]")).find((form) => pen.address(form) === address);
  }

  /* ── What the row says. The words are templates in the page (_row_words.html); the hidden version stays in its place. */
  function show(form, name) {
    const place = form.querySelector(".row-state");
    const words = document.querySelector(`template[data-row-words="${name}"]`);
    if (!place || !words) return;
    const entry = row(form);
    if (entry.shows === name) return; /* said once: a screen reader would repeat it at every letter */
    entry.shows = name;
    entry.said = entry.said || Array.from(place.childNodes);
    const version = entry.said.find((node) => node.name === "version") || place.querySelector("[name=version]");
    place.replaceChildren(words.content.cloneNode(true), ...(version ? [version] : []));
    mark(form);
    count();
  }

  function sayAgain(form) {
    const entry = row(form);
    if (entry.said) form.querySelector(".row-state").replaceChildren(...entry.said);
    entry.said = entry.shows = null;
    mark(form);
    count();
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

  /* ── Typing. In the capture phase, so that the text is kept before anything else can happen to it. */
  document.addEventListener("input", typed, true);
  document.addEventListener("change", typed, true);
  function typed(event) {
    const form = formOf(event.target);
    if (!form || event.target.type === "file") return;
    const entry = row(form);
    note(form);
    clearTimeout(entry.timer);
    if (event.type === "input" && event.target.matches("textarea") && form.dataset.row !== "whole") entry.timer = setTimeout(() => send(form), PAUSE);
    else if (event.type === "change" && form.dataset.row !== "whole" && !halfDone(form, event.target)) send(form); /* "whole": when one leaves it */
  }

  /* one of two numbers is not an answer yet: it is sent when the other is there, or when one leaves the row */
  function halfDone(form, field) {
    const numbers = Array.from(form.querySelectorAll("[data-pair] [data-box] > input"));
    const blank = numbers.filter((number) => !number.value.trim());
    return numbers.length > 1 && blank.length === 1 && numbers.includes(field) && Boolean(field.value.trim());
  }

  document.addEventListener("focusout", (event) => {
    const form = formOf(event.target);
    if (form && formOf(event.relatedTarget) !== form && document.contains(form) && waiting(form)) send(form);
  });

  /* ── Keeping on this machine. Each different text is a stroke of its own. */
  function note(form) {
    const entry = row(form);
    const text = textOf(pen.typed(form));
    if (text === entry.noted) return;
    entry.noted = text;
    if (text !== entry.known || entry.unsettled) {
      newStroke(form, pen.typed(form));
      return;
    }
    entry.stroke += 1;
    pen.forget(stroke(form)).catch(() => {});
    sayAgain(form);
  }

  function newStroke(form, fields) {
    const entry = row(form);
    entry.stroke += 1;
    entry.fields = fields;
    queue.writing(stroke(form), true);
    keep(form);
  }

  function stroke(form) {
    const entry = row(form);
    entry.at = entry.at || Date.now();
    return { person: pen.person, address: pen.address(form), pen: entry.pen, stroke: entry.stroke, page: pen.page, at: entry.at, fields: entry.fields };
  }

  function keep(form) {
    const entry = row(form);
    const number = entry.stroke;
    const tell = (words) => entry.stroke === number && !entry.unsettled && waiting(form) && show(form, words);
    if (entry.shows !== "kept") show(form, "typing");
    pen.keep(stroke(form)).then(
      () => tell("kept"),
      () => tell("unkept")
    );
  }

  function send(form) {
    const entry = row(form);
    clearTimeout(entry.timer);
    if (!document.contains(form) || !waiting(form)) return;
    queue.writing(stroke(form), false);
    queue.send();
  }

  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    const choice = event.submitter && event.submitter.name === "choose" ? [event.submitter.value] : [];
    const refused = !waiting(form) && form.querySelector("[data-fault], [role=alert]");
    if (choice.length || refused) {
      newStroke(form, Object.assign(pen.typed(form), { choose: choice }));
      row(form).unsettled = true;
    }
    send(form);
  });

  /* ── What became of a stroke. */
  document.addEventListener("portal:stroke", (event) => {
    const { entry, step } = event.detail;
    if (step !== "sending" && step !== "offline") found();
    const form = formAt(entry.address);
    if (!form || row(form).pen !== entry.pen) return;
    const newest = row(form).stroke === entry.stroke;
    if (step === "sending") row(form).unsettled = true;
    else if (step === "saved" || step === "answered") answered(form, event.detail, newest);
    else if (step === "offline") lostSince = lostSince || new Date();
    else if (step !== "fault") row(form).unsettled = false;
    if (newest && step !== "saved" && step !== "answered") show(form, step);
    count();
  });

  function answered(form, { entry, step, html, target, kept }, newest) {
    const mine = row(form);
    mine.unsettled = false;
    if (step === "saved" || kept) mine.known = textOf(entry.fields);
    if (newest) {
      mine.at = 0;
      mine.said = mine.shows = null;
      put(form, html, target && document.querySelector(target));
      form.dispatchEvent(new CustomEvent("portal:row-answered", { bubbles: true }));
    } else if (step === "saved") {
      version(form, html); /* typed on meanwhile: only the version is news, the text of the answer is old */
      keep(form);
    }
  }

  /* an answer that changed nothing on the server need not repeat the version */
  function put(form, html, whole) {
    const place = form.querySelector(".row-state");
    const old = place.querySelector("[name=version]");
    window.htmx.swap(whole || place, html, { swapStyle: whole ? "outerHTML" : "innerHTML", swapDelay: 0, settleDelay: 0 });
    if (!document.contains(form)) return;
    if (old && !form.querySelector("[name=version]")) place.append(old);
    mark(form);
  }

  function version(form, html) {
    const told = new DOMParser().parseFromString(html, "text/html").querySelector("[name=version]");
    const place = form.querySelector("[name=version]");
    if (!told || !place) return;
    place.value = told.value;
    row(form).fields.version = [told.value];
  }

  function found() {
    if (!lostSince) return;
    lostSince = null;
    say("");
  }

  /* ── What a page that is no more has left: the newest text of a row goes back into its fields; the queue sends all. */
  document.addEventListener("portal:inherited", (event) => {
    new Map(event.detail.map((entry) => [entry.address, entry])).forEach((entry, address) => {
      const form = formAt(address);
      if (!form || waiting(form)) return;
      Object.assign(row(form), { pen: entry.pen, stroke: entry.stroke, at: entry.at, fields: entry.fields, unsettled: true });
      pen.refill(form, entry);
      row(form).noted = textOf(pen.typed(form));
      show(form, "left");
    });
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsent()) event.preventDefault();
  });

  function all(part) {
    part.querySelectorAll("form[data-row]").forEach(row);
    if (part.matches && part.matches("form[data-row]")) row(part);
  }
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
  all(document);

  return { idle: (form) => !waiting(form) && !form.contains(document.activeElement) && !form.querySelector(".choice") };
})();
