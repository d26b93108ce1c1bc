/* A dossier that is open calls the server now and then: who else has it open, and which rows others have written since.
   A row in which nothing waits says so and offers the new text; where one is writing, the server asks at the next save. */
(function () {
  "use strict";

  const EVERY = 25000;
  const place = document.querySelector("[data-presence]");
  if (!place) return;

  async function call() {
    try {
      const answer = await fetch(place.dataset.presence, { headers: { "HX-Request": "true" }, redirect: "manual" });
      if (answer.ok) told(await answer.text());
    } catch (lost) {
      /* no network: the rows say so themselves */
    }
  }

  function told(html) {
    const part = document.createElement("template");
    part.innerHTML = html;
    part.content.querySelectorAll("template[data-moved]").forEach(moved);
    const people = part.content.querySelector("span");
    if ((people ? people.textContent : "") !== place.textContent) place.replaceChildren(...(people ? [people] : []));
  }

  function moved(words) {
    const row = document.getElementById(words.dataset.moved);
    const version = row && row.querySelector(".row-state [name=version]");
    if (!version || Number(version.value) >= Number(words.dataset.version) || !window.portalRows.idle(row)) return;
    if (row.dataset.movedTo === words.dataset.version) return;
    row.dataset.movedTo = words.dataset.version;
    row.dataset.state = "changed";
    const state = row.querySelector(".row-state");
    state.replaceChildren(words.content.cloneNode(true), version);
    window.htmx.process(state);
  }

  call();
  setInterval(call, EVERY);
})();
