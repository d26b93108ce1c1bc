/* Shares by area, a row an axis, a column a shape: for one unit beside the middle of its block. options: max, the rim */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const marks = ["circle", "rect", "triangle"];
  const dashes = ["solid", "dashed", "dotted"];

  /* A name over several lines: what does not fit beside the rim would be cut off. */
  function broken(name, letters) {
    const lines = [""];
    name.split(" ").forEach((word) => {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length >= letters) lines.push(word);
      else lines[lines.length - 1] = last ? last + " " + word : word;
    });
    return lines.join("\n");
  }

  kit.shapes.radar = function (data, place) {
    const values = data.rows.flatMap((row) => row.values.map((value) => value || 0));
    const radius = Math.min(place.clientWidth, place.clientHeight) * (kit.narrow(place) ? 0.24 : 0.33);
    const rim = data.options.max || Math.max(1, ...values);
    return {
      legend: kit.legend({ itemWidth: 38 }),
      radar: {
        center: ["50%", "56%"], radius: radius, splitNumber: 5,
        indicator: data.rows.map((row) => ({ name: row.short, max: rim })),
        axisName: { color: kit.ink, fontSize: kit.size, lineHeight: 16, formatter: (name) => broken(name, Math.max(7, Math.floor((place.clientWidth / 2 - radius - 20) / 7.5))) },
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
