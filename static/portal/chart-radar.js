/* Shares by area, a row an axis, a column a shape: for one unit beside the middle of its block. options: max, the rim */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const marks = ["circle", "rect", "triangle"];
  const dashes = ["solid", "dashed", "dotted"];

  kit.shapes.radar = function (data, place) {
    const values = data.rows.flatMap((row) => row.values.map((value) => value || 0));
    const rim = data.options.max || Math.max(1, ...values);
    return {
      legend: kit.legend({ itemWidth: 38 }),
      radar: {
        center: ["50%", "56%"], radius: kit.narrow(place) ? "52%" : "66%", splitNumber: 5,
        indicator: data.rows.map((row) => ({ name: row.short, max: rim })),
        axisName: { color: kit.ink, fontSize: kit.size, width: place.clientWidth / (kit.narrow(place) ? 5 : 4), overflow: "break" },
        splitArea: { show: false }, splitLine: { lineStyle: { color: kit.line } }, axisLine: { lineStyle: { color: kit.line } },
      },
      series: [
        {
          type: "radar",
          data: data.columns.map((name, at) => ({
            name: name, value: data.rows.map((row) => (row.values[at] === null ? "-" : row.values[at])), symbol: marks[at % 3], symbolSize: 6,
            told: name, words: data.rows.map((row) => "\n" + row.short + ": " + row.words[at]).join(""), lineStyle: { width: 2, type: dashes[at % 3] },
          })),
        },
      ],
    };
  };
})();
