/* A plain form (form[data-warn]) keeps what is typed in it on this machine until the server has taken it: after a
   crash, a reload, an ended session or a lost network it is offered back on the same page, to the same person only. Each
   filling-in has a key, sent along; the answer that took it names the key in a cookie (kit/unsent.py), and only then is it
   forgotten. Nothing here sends anything: what a form says is sent when its button is pressed. docs/queue.md. */
(function () {
  "use strict";

  const pen = window.portalPen;
  if (!pen || !pen.person) return;
  const STORE = "forms";
  const COOKIE = "portal_taken";
  const KEY = "unsent_key";
  const SENT = "portal-unsent-sent:";
  const FORMS = "form[data-warn][method=post]:not([hx-post])";
  const model = document.getElementById("unsent-offer");
  let opening = null;

  function open() {
    opening =
      opening ||
      new Promise((resolve, reject) => {
        const request = indexedDB.open("portal-unsent", 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["person", "address", "key"] });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    opening.catch(() => (opening = null));
    return opening;
  }

  /* the promise is kept when the transaction is complete */
  function within(mode, act) {
    return open().then(
      (base) =>
        new Promise((resolve, reject) => {
          const transaction = base.transaction(STORE, mode);
          const told = {};
          act(transaction.objectStore(STORE), told);
          transaction.oncomplete = () => resolve(told.result);
          transaction.onerror = transaction.onabort = () => reject(transaction.error);
        })
    );
  }

  function keep(entry) {
    return within("readwrite", (store) => store.put(entry));
  }

  function forget(entry) {
    return within("readwrite", (store) => store.delete([entry.person, entry.address, entry.key]));
  }

  /* this person's, newest first; nobody else's is ever read */
  function kept() {
    return within("readonly", (store, told) => {
      const request = store.getAll(IDBKeyRange.bound([pen.person], [pen.person, []]));
      request.onsuccess = () => (told.result = request.result.sort((one, other) => other.at - one.at));
    });
  }

  /* what the server has taken goes, wherever the person went on */
  async function settle() {
    const pair = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
    if (!pair) return;
    const taken = decodeURIComponent(pair.slice(COOKIE.length + 1)).split(".");
    for (const entry of await kept()) if (taken.includes(entry.key)) await forget(entry);
    document.cookie = `${COOKIE}=; path=/; max-age=0; samesite=lax`;
  }

  function typed(form) {
    const fields = pen.typed(form);
    delete fields[KEY];
    form.querySelectorAll("input[type=password], [data-unkept]").forEach((field) => delete fields[field.name]);
    return fields;
  }

  /* what a person has said: what is hidden, a version that moved meanwhile above all, is none of it */
  function words(form, fields) {
    const hidden = Array.from(form.querySelectorAll("input[type=hidden]"), (field) => field.name);
    return JSON.stringify(Object.entries(fields).filter(([name]) => !hidden.includes(name)).sort());
  }

  function moment(at) {
    const when = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    const clock = `${two(when.getHours())}:${two(when.getMinutes())}`;
    if (when.toDateString() === new Date().toDateString()) return clock;
    return `${clock} ngày ${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`;
  }

  function begin(form) {
    const address = new URL(form.getAttribute("action") || location.href, location.href).pathname;
    /* the answer to what was sent, drawn under the same address: the server shows again what it did not take. A step
       among others under one address ("steps") is one only if it bears the key of a filling-in already. */
    const borne = form.querySelector(`input[name=${KEY}]`);
    const answers = !("askedFor" in document.body.dataset) && address === location.pathname;
    const refused = form.dataset.warn === "steps" ? borne !== null : answers;
    const drawn = refused ? null : said();
    const field = borne || Object.assign(document.createElement("input"), { type: "hidden", name: KEY });
    field.value = field.value || (refused && sessionStorage.getItem(SENT + address)) || pen.fresh();
    const place = model.content.firstElementChild.cloneNode(true);
    const offer = place.querySelector("[data-unsent-offer]");
    offer.querySelector("[data-unsent-files]").hidden = !form.querySelector("input[type=file]");
    const state = document.createElement("span");
    state.className = "small muted";
    state.setAttribute("role", "status");
    const inside = form.closest("dialog") && form.querySelector(".body");
    form.prepend(field);
    (inside || form).prepend(place);
    (inside || form.querySelector(".form-acts") || form).append(state);

    function said() {
      return words(form, typed(form));
    }

    function say(sentence) {
      if (state.textContent !== sentence) state.textContent = sentence;
    }

    function save() {
      const fields = typed(form);
      const entry = { person: pen.person, address, key: field.value, fields, at: Date.now() };
      if (said() === drawn) return forget(entry).then(() => say(""), () => {});
      return keep(entry).then(
        () => say("Đã giữ trên máy này, chưa gửi"),
        () => say("Máy này không giữ được nội dung, đừng đóng trang trước khi ghi")
      );
    }

    async function propose() {
      const names = Array.from(form.elements, (one) => one.name);
      const entries = (await kept()).filter(
        (entry) => entry.address === address && entry.key !== field.value && Object.keys(entry.fields).every((name) => names.includes(name))
      );
      const same = entries.filter((entry) => words(form, entry.fields) === said());
      for (const entry of same) await forget(entry);
      const entry = entries.find((one) => !same.includes(one));
      offer.hidden = !entry;
      if (!entry) return;
      offer.querySelector("[data-unsent-at]").textContent = moment(entry.at);
      offer.querySelector("[data-unsent-take]").onclick = () => take(entry);
      offer.querySelector("[data-unsent-drop]").onclick = () => forget(entry).then(propose).then(onward);
    }

    /* the version that was on the screen goes back too: the server then tells of whoever wrote meanwhile */
    function take(entry) {
      field.value = entry.key;
      pen.refill(form, { fields: Object.assign({ [KEY]: [entry.key] }, entry.fields) });
      offer.hidden = true;
      form.dispatchEvent(new Event("input", { bubbles: true }));
      onward();
    }

    function onward() {
      const next = offer.hidden ? form.querySelector("input:not([type=hidden]), select, textarea") : offer.querySelector("button");
      if (next) next.focus();
    }

    form.addEventListener("input", save);
    form.addEventListener("change", save);
    form.addEventListener("submit", () => sessionStorage.setItem(SENT + address, field.value));
    if (refused) save();
    propose().catch(() => {});
  }

  settle()
    .catch(() => {})
    .then(() => document.querySelectorAll(FORMS).forEach(begin));
})();
