/* What the rows come to together is asked for when a row has been answered, once for several in a row: a saved row need
   not carry the sums of sixty others. Whatever answers last is the newest: an older question is taken back. */
(function () {
  "use strict";

  const sheet = document.querySelector("[data-sums]");
  if (!sheet) return;
  const QUIET = 250;
  let timer = null;
  let asked = null;

  async function ask() {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(sheet.dataset.sums, { headers: { "HX-Request": "true" }, redirect: "manual", signal: asked.signal });
      if (answer.ok) window.htmx.swap(document.createElement("div"), await answer.text(), { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
    } catch (lost) {
      /* taken back, or no network: the next answered row asks again */
    }
  }

  document.addEventListener("portal:stroke", (event) => {
    if (event.detail.step !== "saved" && event.detail.step !== "answered") return;
    clearTimeout(timer);
    timer = setTimeout(ask, QUIET);
  });
})();
