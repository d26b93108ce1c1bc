/* Papers ticked out of a long list ([data-picks], commitments/_cabinet_pick.html): a field narrows the list as one types,
   what is ticked is counted and named under the box whatever the box shows. The box is one stop of the Tab key; arrows go
   through it. Nothing here sends anything: without it the same boxes are ticked in a list that scrolls. */
(function () {
  "use strict";

  /* as vn_plain does in the database: lower case, no diacritics, đ as d */
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  function begin(place) {
    const part = (name) => place.querySelector(`[data-picks-${name}]`);
    const find = part("find");
    if (!find) return;
    const form = place.closest("form");
    const picks = Array.from(place.querySelectorAll("[data-pick]"), (row) => {
      const words = Array.from(row.querySelectorAll("[data-name], [data-reference]"), (one) => one.textContent.trim());
      return { row, box: row.querySelector("input"), name: words.join(", "), said: plain(words.join(" ")) };
    });

    /* ── What is shown: rows that hold every word. */
    function narrow() {
      const words = plain(find.value).split(/\s+/).filter(Boolean);
      picks.forEach((pick) => (pick.row.hidden = !words.every((word) => pick.said.includes(word))));
      const shown = picks.filter((pick) => !pick.row.hidden);
      part("none").hidden = shown.length > 0;
      part("shown").textContent = words.length ? ` · ${shown.length}/${picks.length} tài liệu khớp` : "";
      if (shown.length && !shown.some((pick) => pick.box.tabIndex === 0)) stop(shown[0].box);
    }

    /* ── What is ticked. */
    function told() {
      const ticked = picks.filter((pick) => pick.box.checked);
      part("count").textContent = ticked.length ? `Đã chọn ${ticked.length}` : "Chưa chọn tài liệu nào";
      part("ticked").replaceChildren(
        ...ticked.map((pick) => {
          const one = part("one").content.firstElementChild.cloneNode(true);
          one.querySelector("[data-name]").textContent = pick.name;
          one.querySelector("button").addEventListener("click", () => untick(pick, ticked.indexOf(pick)));
          return one;
        }),
      );
    }

    function untick(pick, at) {
      pick.box.checked = false;
      pick.box.dispatchEvent(new Event("input", { bubbles: true }));
      const left = part("ticked").querySelectorAll("button");
      (left[Math.min(at, left.length - 1)] || find).focus();
    }

    /* ── The keyboard: one stop, arrows inside. */
    function stop(box) {
      picks.forEach((pick) => (pick.box.tabIndex = pick.box === box ? 0 : -1));
    }

    function go(event) {
      const shown = picks.filter((pick) => !pick.row.hidden).map((pick) => pick.box);
      const at = shown.indexOf(event.target);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
      if (next === undefined || (at < 0 && event.key !== "ArrowDown")) return;
      event.preventDefault();
      if (next < 0) find.focus();
      else if (shown[next]) shown[next].focus();
    }

    find.addEventListener("input", narrow);
    place.addEventListener("keydown", (event) => {
      if (event.target === find || event.target.closest("[data-pick]")) go(event);
    });
    place.addEventListener("focusin", (event) => event.target.closest("[data-pick]") && stop(event.target));
    form.addEventListener("input", told);
    window.addEventListener("pageshow", () => {
      told();
      narrow();
    }); /* ticks and words that the browser put back */

    part("tools").hidden = part("said").hidden = false;
    stop(picks[0].box);
    told();
  }

  document.querySelectorAll("[data-picks]").forEach(begin);
})();
