/* Two figures of each unit against each other. The units to ask about are triangles with their names.
   options: middle [x, y], drawn as dashed lines; corner [x, y], from which the part to ask about reaches to the lower right;
   corner_words, what that part is called */
(function () {
  "use strict";
  const kit = window.portalCharts;

  /* The ends of an axis: whole steps around what is shown. */
  function ends(values, step) {
    return { min: Math.floor((Math.min(...values) - step / 5) / step) * step, max: Math.ceil((Math.max(...values) + step / 5) / step) * step };
  }
  function axis(values, top) {
    const wide = Math.max(...values) - Math.min(...values);
    const step = [1, 2, 5, 10, 20].find((one) => wide / one <= 6) || 20;
    const found = ends(values, step);
    return { type: "value", min: found.min, max: top === null ? found.max : Math.min(found.max, top), interval: step };
  }

  kit.shapes.gap = function (data, place) {
    const red = kit.token("red-700");
    const rows = data.rows.filter((row) => row.values[0] !== null && row.values[1] !== null);
    const middle = data.options.middle || [], corner = data.options.corner;
    const top = data.unit === "%" ? 100 : null;
    const across = axis(rows.map((row) => row.values[0]).concat(middle.slice(0, 1)), top);
    const up = axis(rows.map((row) => row.values[1]).concat(middle.slice(1)), top);
    const dots = (marked) =>
      rows
        .filter((row) => row.marked === marked)
        .map((row) => {
          const from = (row.values[0] - across.min) / (across.max - across.min);
          return {
            value: row.values, address: row.address, words: row.words.slice(0, 2).join(" – "), told: row.label, short: row.short,
            label: { position: from > 0.5 ? "left" : "right", width: (place.clientWidth - 70) * Math.max(from, 1 - from) },
          };
        });
    return {
      grid: { left: 38, right: 14, top: 22, bottom: 40 },
      xAxis: Object.assign(across, { name: data.columns[0], nameLocation: "middle", nameGap: 24 }),
      yAxis: Object.assign(up, { name: data.columns[1], nameGap: 8, nameTextStyle: { align: "left", padding: [0, 0, 0, -34], color: kit.soft, fontSize: kit.size } }),
      aria: { enabled: true, label: { description: data.said } },
      series: [
        {
          type: "scatter", symbolSize: 7, data: dots(false), itemStyle: { color: kit.token("green-300"), opacity: 0.75, borderColor: kit.token("green-600"), borderWidth: 1 },
          markLine: {
            silent: true, symbol: "none", lineStyle: { color: kit.soft, type: "dashed", width: 1 }, label: { show: false },
            data: middle.length ? [{ xAxis: middle[0] }, { yAxis: middle[1] }] : [],
          },
          markArea: corner && {
            silent: true, itemStyle: { color: kit.token("gold-50") }, data: [[{ coord: corner }, { coord: [across.max, up.min] }]],
            label: { show: true, position: "insideTopRight", formatter: data.options.corner_words || "", color: kit.token("gold-700"), fontSize: kit.size },
          },
        },
        {
          type: "scatter", symbol: "triangle", symbolSize: 12, data: dots(true), itemStyle: { color: red }, labelLayout: { hideOverlap: true },
          label: { show: true, distance: 4, formatter: (hit) => hit.data.short, color: red, fontSize: kit.size, fontWeight: 500, overflow: "truncate", backgroundColor: kit.ground, padding: [0, 2], borderRadius: 2 },
        },
      ],
    };
  };
})();
