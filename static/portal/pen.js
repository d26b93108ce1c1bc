/* What was typed and the server has not yet confirmed, kept on this machine in IndexedDB, which survives a crash of the
   browser (localStorage does not). One entry for a person, an address and a pen: a pen is one form in one page, and it
   numbers its strokes, so that the server recognises a text that comes twice. docs/queue.md tells the whole story. */
window.portalPen = (function () {
  "use strict";

  const STORE = "strokes";
  const person = document.body.dataset.person || "";
  const page = fresh();
  const LIVING = "portal-page:";
  const spare = new Map(); /* what this machine would not keep (a private window, a full disk): as long as the page */
  const watched = new Set();
  let opening = null;

  /* a page that ends in whatever way lets go of its lock: others then know that nobody sends its entries any more */
  if (navigator.locks) navigator.locks.request(LIVING + page, () => new Promise(() => {})).catch(() => {});

  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const signs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return signs.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function open() {
    opening =
      opening ||
      new Promise((resolve, reject) => {
        const request = indexedDB.open("portal-pen", 2);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["person", "address", "pen"] });
        request.onsuccess = () => {
          request.result.onversionchange = () => request.result.close();
          resolve(request.result);
        };
        request.onerror = () => reject(request.error);
      });
    opening.catch(() => (opening = null));
    return opening;
  }

  /* the promise is kept when the transaction is complete, not when the request is */
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

  function key(entry) {
    return [entry.person, entry.address, entry.pen];
  }

  function keep(entry) {
    spare.set(key(entry).join(" "), entry);
    return within("readwrite", (store) => store.put(entry)).then(() => letGo(entry));
  }

  function letGo(entry) {
    const other = spare.get(key(entry).join(" "));
    if (other && other.stroke <= entry.stroke) spare.delete(key(entry).join(" "));
  }

  /* gone only if nothing newer was typed with the same pen */
  function forget(entry) {
    letGo(entry);
    return within("readwrite", (store) => {
      const request = store.get(key(entry));
      request.onsuccess = () => request.result && request.result.stroke <= entry.stroke && store.delete(key(entry));
    });
  }

  /* this person's entries, oldest first; nobody else's is ever read out of this function */
  function kept() {
    return within("readonly", (store, told) => {
      const request = store.getAll(IDBKeyRange.bound([person], [person, []]));
      request.onsuccess = () => (told.result = request.result);
    })
      .catch(() => [])
      .then((entries) => {
        const newest = new Map(entries.map((entry) => [key(entry).join(" "), entry]));
        spare.forEach((entry, name) => newest.set(name, entry));
        return Array.from(newest.values()).sort((one, other) => one.at - other.at);
      });
  }

  /* whether this very text still waits: its writer may have gone back to what is stored, or on to something newer */
  function still(entry) {
    return kept().then((entries) => entries.some((other) => String(key(other)) === String(key(entry)) && other.stroke === entry.stroke));
  }

  async function living() {
    if (!navigator.locks) return new Set([page]);
    const { held } = await navigator.locks.query();
    return new Set(held.filter((lock) => lock.name.startsWith(LIVING)).map((lock) => lock.name.slice(LIVING.length)));
  }

  /* stands in line for the lock of every other page: whoever gets it knows that the page has just ended */
  function watch(others, then) {
    if (!navigator.locks) return;
    for (const other of others) {
      if (other === page || watched.has(other)) continue;
      watched.add(other);
      navigator.locks.request(LIVING + other, () => {}).then(then, () => watched.delete(other));
    }
  }

  /* takes over what pages that are no more have left; of two pages that try, one succeeds. Whoever was alive at that very
     look is watched: a page that ends between two looks would be missed by both */
  async function inherit(then) {
    const alive = await living();
    watch(alive, then);
    return within("readwrite", (store, told) => {
      const request = store.getAll(IDBKeyRange.bound([person], [person, []]));
      request.onsuccess = () => {
        const left = request.result.filter((entry) => entry.page !== page && !alive.has(entry.page));
        told.result = left.map((entry) => taken(store, entry)).sort((one, other) => one.at - other.at);
      };
    });
  }

  /* without locks (a portal without TLS) the other page may be alive after all: it keeps its pen, ours is a new one */
  function taken(store, entry) {
    if (!navigator.locks) store.delete(key(entry));
    const ours = Object.assign({}, entry, { page }, navigator.locks ? {} : { pen: fresh(), stroke: 1 });
    store.put(ours);
    return ours;
  }

  function address(form) {
    return new URL(form.action).pathname;
  }

  function typed(form) {
    const fields = {};
    new FormData(form).forEach((value, name) => {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") (fields[name] = fields[name] || []).push(value);
    });
    return fields;
  }

  /* the version goes back too: if somebody wrote meanwhile, the server sees it and shows both texts. A draft that the page
     was drawn with, and that these words now cover, is not what they went on from */
  function refill(form, entry) {
    Array.from(form.elements).forEach((field) => {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "file" || field.type === "submit") return;
      const values = entry.fields[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length || field.name === "draft") field.value = values[0] || "";
    });
  }

  return { person, page, fresh, keep, forget, kept, still, inherit, address, typed, refill };
})();
