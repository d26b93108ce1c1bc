/* A share in every cell, rows by columns: one hue in six steps that the page itself has named, the figure written in each. */
(function () {
  "use strict";
  const kit = window.portalCharts;
  const steps = [0, 1, 2, 3, 4, 5];

  kit.shapes.heat = function (data, place) {
    const side = Math.round(place.clientWidth * (kit.narrow(place) ? 0.3 : 0.27));
    const wide = (place.clientWidth - side) / Math.max(1, data.columns.length);
    const cells = [];
    data.rows.forEach((row, y) =>
      row.values.forEach((_, x) => {
        const shade = row.shades[x];
        cells.push(kit.point(row, x, { value: [x, y, shade === null ? -1 : shade], told: row.label + " · " + data.columns[x], label: { color: shade === 5 ? kit.ground : kit.ink } }));
      }),
    );
    return {
      grid: { left: side, right: 6, top: 44, bottom: 4 },
      xAxis: {
        type: "category", position: "top", data: data.columns, axisLine: { show: false },
        axisLabel: { interval: 0, fontSize: kit.size, lineHeight: 16, color: kit.ink, width: wide - 6, overflow: kit.narrow(place) ? "truncate" : "break" },
      },
      yAxis: {
        type: "category", inverse: true, data: data.rows.map((row) => row.short), axisLine: { show: false },
        axisLabel: { width: side - 12, overflow: "truncate", fontSize: kit.size, color: kit.ink, interval: 0 },
      },
      visualMap: {
        show: false, type: "piecewise", dimension: 2,
        pieces: [{ value: -1, color: kit.token("ground-3") }].concat(steps.map((step) => ({ value: step, color: kit.token("heat-" + step) }))),
      },
      series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: kit.ground, borderWidth: 2 }, label: { show: wide > 34, fontSize: kit.size, formatter: kit.words } }],
    };
  };
})();
