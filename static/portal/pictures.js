/* Pictures that a reader takes along: what was drawn or what the page itself shows in colours, with its title above it and its
   note below it. */
(function () {
  "use strict";

  const fine = 2;
  const longest = 16000; /* pixels of a side that every browser draws */
  const css = getComputedStyle(document.documentElement);
  const ground = css.getPropertyValue("--ground").trim(), ink = css.getPropertyValue("--ink-900").trim(), line = css.getPropertyValue("--line-strong").trim();
  const family = getComputedStyle(document.body).fontFamily;

  function hand(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* Words broken into lines no wider than so many pixels of the pen. */
  function lines(pen, words, width) {
    const found = [];
    words.split(" ").filter(Boolean).forEach((word) => {
      const longer = found.length ? found[found.length - 1] + " " + word : word;
      if (found.length && pen.measureText(longer).width <= width) found[found.length - 1] = longer;
      else found.push(word);
    });
    return found;
  }

  function give(drawn, title, note, file) {
    const head = 72, step = 36, edge = 16, small = 26 + "px " + family;
    const sheet = document.createElement("canvas");
    const pen = sheet.getContext("2d");
    pen.font = small;
    const below = lines(pen, note, drawn.width);
    sheet.width = drawn.width + 2 * edge;
    sheet.height = drawn.height + head + (below.length ? below.length * step + 2 * edge : 0);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.fillStyle = ink;
    pen.font = "600 30px " + family;
    pen.fillText(title, edge, 46, drawn.width);
    pen.drawImage(drawn, edge, head);
    pen.font = small;
    below.forEach((line, at) => pen.fillText(line, edge, head + drawn.height + edge + (at + 0.75) * step));
    sheet.toBlob((blob) => hand(blob, file + ".png"));
  }

  /* The cells of a table or the tiles of a picture as they lie in the page: ground, frame, and word by word what they say. */
  function photograph(box) {
    const whole = box.getBoundingClientRect();
    const wide = Math.max(whole.width, box.scrollWidth), high = Math.max(whole.height, box.scrollHeight);
    const scale = Math.min(fine, longest / Math.max(wide, high));
    const drawn = document.createElement("canvas");
    drawn.width = Math.ceil(wide * scale);
    drawn.height = Math.ceil(high * scale);
    const pen = drawn.getContext("2d");
    pen.scale(scale, scale);
    pen.translate(-whole.left, -whole.top);
    pen.fillStyle = ground;
    pen.fillRect(whole.left, whole.top, wide, high);
    box.querySelectorAll("th, td, .tile, i").forEach((cell) => {
      const at = cell.getBoundingClientRect(), looks = getComputedStyle(cell);
      pen.fillStyle = looks.backgroundColor;
      pen.fillRect(at.left, at.top, at.width, at.height);
      const framed = parseFloat(looks.borderBottomWidth) || looks.boxShadow !== "none" || parseFloat(looks.outlineWidth);
      pen.strokeStyle = parseFloat(looks.borderBottomWidth) ? looks.borderBottomColor : line;
      if (framed) pen.strokeRect(at.left + 0.5, at.top + 0.5, at.width - 1, at.height - 1);
    });
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".visually-hidden") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const reach = document.createRange();
    pen.textBaseline = "middle";
    while (walker.nextNode()) {
      const node = walker.currentNode, looks = getComputedStyle(node.parentElement);
      pen.font = looks.fontWeight + " " + looks.fontSize + " " + looks.fontFamily;
      pen.fillStyle = looks.color;
      for (const word of node.data.matchAll(/\S+/g)) {
        reach.setStart(node, word.index);
        reach.setEnd(node, word.index + word[0].length);
        const at = reach.getBoundingClientRect();
        if (at.width) pen.fillText(word[0], at.left, at.top + at.height / 2, at.width + 1);
      }
    }
    return drawn;
  }

  function take(button) {
    const box = document.getElementById(button.dataset.picture);
    box.classList.add("is-whole");
    const drawn = photograph(box);
    box.classList.remove("is-whole");
    give(drawn, button.dataset.title, button.dataset.note || "", button.dataset.file);
  }

  window.portalPictures = { fine, hand, give };
  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("[data-picture]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => document.fonts.ready.then(() => take(button)));
    }),
  );
})();
