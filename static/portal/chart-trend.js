/* Figures through the years or days, a line a column, told apart by mark and dash; where there is no figure there is a gap.
   options: min, max, the ends of the axis; step, the least between two of its numbers; labels, false where there are too many points for a figure at each. On a phone the figures of several lines would lie on each other */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const CROWD = 4;
  const marks = ["circle", "rect", "triangle", "diamond"];
  const dashes = ["solid", "dashed", "dotted", [10, 4, 2, 4]];

  kit.shapes.trend = function (data, place) {
    const crowded = kit.narrow(place) && data.columns.length > 1 && data.rows.length > CROWD;
    const labels = data.options.labels !== false && !crowded;
    return {
      legend: data.columns.length > 1 ? kit.legend({ itemWidth: 38 }) : undefined,
      grid: { left: 8, right: labels ? 24 : 12, top: data.columns.length > 1 ? kit.legendHeight(data.columns, place) + 12 : 22, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: data.rows.map((row) => row.short), axisLabel: { color: kit.soft, hideOverlap: true } },
      yAxis: { type: "value", min: data.options.min, max: data.options.max, minInterval: data.options.step, scale: data.options.min === undefined },
      series: data.columns.map((name, at) => ({
        name: name, type: "line", connectNulls: false, symbol: marks[at % 4], symbolSize: labels ? 8 : 5, showAllSymbol: true,
        lineStyle: { width: 2, type: dashes[at % 4] }, labelLayout: { hideOverlap: true },
        label: { show: labels, position: at % 2 ? "bottom" : "top", fontSize: kit.size, formatter: kit.words, color: kit.ink },
        data: data.rows.map((row) => kit.point(row, at)),
      })),
    };
  };
})();
