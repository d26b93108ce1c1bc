/* How many reached each class: a bar a row, all of one length, a part a class in its tone, the number written in each. */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const tones = ["green-700", "green-300", "blue-200", "gold-400"];

  /* The last column holds who has no class, the one before it the class below all limits. */
  function toneOf(at, columns) {
    if (at === columns - 1) return "ground-3";
    if (at === columns - 2) return "red-200";
    return tones[Math.min(at, tones.length - 1)];
  }

  kit.shapes.classes = function (data, place) {
    const drawn = kit.shapes.stacked(Object.assign({}, data, { options: { share: true } }), place);
    drawn.series.forEach((one, at, all) => (one.itemStyle.color = kit.token(toneOf(at, all.length))));
    return drawn;
  };
})();
