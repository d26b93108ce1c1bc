/* Quick entry: one statement after the other while people speak. Each gets a key of its own when its first letter is typed;
   pen.js keeps it on this machine from that letter on, queue.js sends it once Enter was pressed, again and again until the
   portal has confirmed it. The key stands in the address, so that a statement sent twice arrives once and one that is
   refused holds up no other. One still being typed says so (unfinished): sent by mistake it is refused and stays here. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-quick]");
  if (!form || !window.portalQueue) return;
  const pen = window.portalPen;
  const queue = window.portalQueue;
  const text = form.elements.text;
  const list = document.querySelector("[data-quick-queue]");
  const state = document.querySelector("[data-quick-state]");
  const PLACE = new URL(form.dataset.quick, location.href).pathname;
  const rows = new Map(); /* address of a statement → its line in the list */
  let now = begun();

  function begun() {
    const key = pen.fresh();
    return { person: pen.person, page: pen.page, pen: key, stroke: 0, address: `${PLACE}${key}/`, fields: {}, at: 0 };
  }

  function fill(unfinished) {
    now.stroke += 1;
    now.at = now.at || Date.now();
    now.fields = pen.typed(form);
    delete now.fields.unfinished;
    if (unfinished) now.fields.unfinished = ["on"];
  }

  function words(name) {
    return document.querySelector(`template[data-quick-words="${name}"]`);
  }

  /* ── Typing: kept at every letter, not sent. */
  function typing() {
    if (!text.value.trim()) {
      if (now.stroke) pen.forget(Object.assign({}, now, { stroke: Infinity })).catch(() => {});
      state.textContent = "";
      return;
    }
    fill(true);
    const entry = Object.assign({}, now);
    queue.writing(entry, true);
    pen.keep(entry).then(
      () => entry.stroke === now.stroke && (state.textContent = "Đang gõ, đã giữ trên máy này"),
      () => (state.textContent = "Máy này không giữ được nội dung, đừng đóng trang trước khi ghi")
    );
  }

  /* ── Enter: this one goes, the next one begins with the same kind and speaker. */
  function enter() {
    if (!text.value.trim()) return;
    fill(false);
    const entry = Object.assign({}, now);
    now = begun();
    text.value = "";
    form.elements.speaker_name.value = "";
    state.textContent = "";
    text.focus();
    show(entry, "kept");
    queue.writing(entry, false);
    pen.keep(entry).then(queue.send, queue.send);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enter();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    enter();
  });
  form.addEventListener("input", typing);
  form.addEventListener("change", (event) => {
    if (event.target !== text && text.value.trim()) typing();
    if (event.target.type === "radio") text.focus();
  });

  /* ── What is on its way. */
  function line(entry) {
    if (!rows.has(entry.address)) {
      const item = document.createElement("li");
      const said = document.createElement("div");
      const stands = document.createElement("div");
      said.textContent = (entry.fields.text || [""])[0];
      item.append(said, stands);
      list.append(item);
      rows.set(entry.address, { item, stands, shows: "" });
    }
    list.hidden = false;
    return rows.get(entry.address);
  }

  function show(entry, name, reason) {
    const row = line(entry);
    if (!words(name) || (row.shows === name && !reason)) return;
    row.shows = name;
    row.stands.replaceChildren(words(name).content.cloneNode(true));
    const place = row.stands.querySelector("[data-reason]");
    if (place) place.textContent = reason || "";
    const back = row.stands.querySelector("[data-take-back]");
    if (back) back.addEventListener("click", () => takeBack(entry));
  }

  function gone(entry) {
    const row = rows.get(entry.address);
    if (!row) return;
    row.item.remove();
    rows.delete(entry.address);
    list.hidden = !rows.size;
  }

  /* the words go back into the form under the key they have, what was just being typed there goes into the list first */
  function takeBack(entry) {
    if (text.value.trim()) enter();
    now = Object.assign({}, entry, { page: pen.page });
    pen.refill(form, entry);
    gone(entry);
    typing();
    text.focus();
  }

  function ours(entry) {
    return entry.address.startsWith(PLACE) && entry.address !== PLACE;
  }

  document.addEventListener("portal:stroke", (event) => {
    const { entry, step, html } = event.detail;
    if (!ours(entry)) return;
    if (step === "saved") {
      gone(entry);
      state.textContent = `Đã lưu: ${html}`;
      document.body.dispatchEvent(new CustomEvent("portal:entered"));
    } else show(entry, step, html);
  });

  /* what a page that ended left here: one that was being typed goes back into the form, the others are sent */
  document.addEventListener("portal:inherited", (event) => {
    for (const entry of event.detail.filter(ours)) {
      if (!entry.fields.unfinished) show(entry, "kept");
      else if (!text.value.trim()) {
        now = Object.assign({}, entry);
        queue.writing(now, true);
        pen.refill(form, entry);
        state.textContent = "Nội dung gõ dở lần trước, đã điền lại";
      } else show(entry, "answered", "Gõ dở lần trước.");
    }
  });
})();
