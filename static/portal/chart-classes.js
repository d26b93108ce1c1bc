/* How many reached each class: a bar a row, all of one length, a part a class in its tone, the number written in each. */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const tones = ["green-700", "green-300", "blue-200", "gold-400", "red-200", "ground-3"];

  kit.shapes.classes = function (data, place) {
    const drawn = kit.shapes.stacked(Object.assign({}, data, { options: { share: true } }), place);
    drawn.series.forEach((one, at) => (one.itemStyle.color = kit.token(tones[at % tones.length])));
    return drawn;
  };
})();
