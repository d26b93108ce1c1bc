/* Two figures of each unit against each other. The units to ask about are triangles with their names, or with their numbers.
   options: middle [x, y], drawn as dashed lines; corner [x, y], from which the part to ask about reaches to the lower right;
   corner_words, what that part is called; numbered, true where names are numbers, explained below the drawing */
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

  /* Where the number of each dot stands: right, left, above or below it, whichever meets the fewest dots and numbers. */
  function sides(spots) {
    const ways = { right: [14, 0], left: [-14, 0], top: [0, -14], bottom: [0, 14] };
    const taken = spots.slice();
    return spots.map((spot) => {
      const met = (way) => taken.filter((one) => Math.abs(one[0] - spot[0] - way[0]) < 11 && Math.abs(one[1] - spot[1] - way[1]) < 13).length;
      const best = Object.keys(ways).reduce((found, name) => (met(ways[name]) < met(ways[found]) ? name : found));
      taken.push([spot[0] + ways[best][0], spot[1] + ways[best][1]]);
      return best;
    });
  }

  kit.shapes.gap = function (data, place) {
    const red = kit.token("red-700");
    const rows = data.rows.filter((row) => row.values[0] !== null && row.values[1] !== null);
    const middle = data.options.middle || [], corner = data.options.corner;
    const top = data.unit === "%" ? 100 : null;
    const across = axis(rows.map((row) => row.values[0]).concat(middle.slice(0, 1)), top);
    const up = axis(rows.map((row) => row.values[1]).concat(middle.slice(1)), top);
    const from = (row, at, ends) => (row.values[at] - ends.min) / (ends.max - ends.min);
    const spots = (found) => found.map((row) => [from(row, 0, across) * (place.clientWidth - 52), (1 - from(row, 1, up)) * (place.clientHeight - 62)]);
    const dots = (marked) => {
      const found = rows.filter((row) => row.marked === marked);
      const beside = data.options.numbered ? sides(spots(found)) : [];
      return found.map((row, at) => {
        const right = from(row, 0, across);
        return {
          value: row.values, address: row.address, words: row.words.slice(0, 2).join(" – "), told: row.label, short: row.short,
          label: { position: beside[at] || (right > 0.5 ? "left" : "right"), width: beside[at] ? undefined : (place.clientWidth - 70) * Math.max(right, 1 - right) },
        };
      });
    };
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
          type: "scatter", symbol: "triangle", symbolSize: 12, data: dots(true), itemStyle: { color: red }, labelLayout: { hideOverlap: !data.options.numbered },
          label: { show: true, distance: 4, formatter: (hit) => hit.data.short, color: red, fontSize: kit.size, fontWeight: 500, overflow: "truncate", backgroundColor: kit.ground, padding: [0, 2], borderRadius: 2 },
        },
      ],
    };
  };
})();
