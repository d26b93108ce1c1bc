/* Rows that are worth less than the time before. The server marks them when the page is drawn; when a row has saved
   itself this compares again. Shares of the maximum are exact fractions, "14/15": compared crosswise, never as floats. */
(function () {
  "use strict";

  const sheet = document.querySelector("[data-dossier]");
  if (!sheet) return;

  function parts(share) {
    const [over, under] = share.split("/");
    return [BigInt(over), BigInt(under || "1")];
  }

  function isLess(one, other) {
    const [a, b] = parts(one);
    const [c, d] = parts(other);
    return a * d < c * b;
  }

  function compare(row) {
    const mark = row.querySelector("[data-before]");
    const now = row.querySelector("[data-share]");
    if (!mark || !now) return;
    const less = Boolean(now.dataset.share) && isLess(now.dataset.share, mark.dataset.before);
    if (mark.hidden !== less) return;
    mark.hidden = !less;
    const count = document.getElementById("loc-thap-hon");
    if (count) count.textContent = sheet.querySelectorAll("[data-before]:not([hidden])").length;
  }

  /* whoever puts a saved row's new figures into the page, they are seen here */
  new MutationObserver((changes) => {
    const rows = new Set(changes.map((change) => change.target.closest(".score-row")));
    rows.delete(null);
    rows.forEach(compare);
  }).observe(sheet, { childList: true, subtree: true });
})();
