/* What was typed and the server has not yet confirmed, kept on this machine in IndexedDB, which survives a crash of the
   browser (localStorage does not). One entry for a person and an address; gone once the server has answered "saved". */
window.portalPen = (function () {
  "use strict";

  const STORE = "rows";
  const DAYS = 14;
  const person = document.body.dataset.person || "";
  let opening = null;

  function open() {
    opening =
      opening ||
      new Promise((resolve, reject) => {
        const request = indexedDB.open("portal-pen", 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["person", "address"] });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    return opening;
  }

  /* the promise is kept when the transaction is complete, not when the request is */
  function within(mode, act) {
    return open().then(
      (base) =>
        new Promise((resolve, reject) => {
          const transaction = base.transaction(STORE, mode);
          const request = act(transaction.objectStore(STORE));
          transaction.oncomplete = () => resolve(request.result);
          transaction.onerror = transaction.onabort = () => reject(transaction.error);
        })
    );
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

  function keep(form) {
    return within("readwrite", (store) => store.put({ person, address: address(form), fields: typed(form), at: Date.now() }));
  }

  function forget(form) {
    return within("readwrite", (store) => store.delete([person, address(form)]));
  }

  /* entries of this person by address; entries nobody came back for are let go */
  function kept() {
    const limit = Date.now() - DAYS * 86400000;
    return within("readonly", (store) => store.getAll()).then((entries) => {
      const old = entries.filter((entry) => entry.at < limit);
      old.forEach((entry) => within("readwrite", (store) => store.delete([entry.person, entry.address])));
      return new Map(entries.filter((entry) => entry.person === person && entry.at >= limit).map((entry) => [entry.address, entry]));
    });
  }

  /* the version goes back too: if somebody wrote meanwhile, the server sees it and shows both texts */
  function refill(form, entry) {
    Array.from(form.elements).forEach((field) => {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "file") return;
      const values = entry.fields[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    });
  }

  return { keep, forget, kept, refill, address, typed };
})();
