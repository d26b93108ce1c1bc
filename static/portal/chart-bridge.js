/* From one figure to another, step by step: what was added, what was taken, with its sign. options: ends, the rows that stand
   on the ground (positions, usually the first and the last); min, where the ground is */
(function () {
  "use strict";
  const kit = window.portalCharts;

  kit.shapes.bridge = function (data, place) {
    const red = kit.token("red-700"), green = kit.token("green-600"), low = data.options.min || 0;
    const ends = data.options.ends || [0, data.rows.length - 1];
    const below = [], bars = [];
    let level = 0;
    data.rows.forEach((row, at) => {
      const value = row.values[0] || 0, end = ends.includes(at);
      const from = end ? low : level, to = end ? value : level + value;
      level = to;
      below.push(Math.min(from, to) - low);
      bars.push(
        kit.point(row, 0, {
          value: Math.abs(to - from),
          itemStyle: end
            ? { color: kit.token("blue-700") }
            : value < 0
              ? { color: kit.ground, borderColor: red, borderWidth: 1.5, decal: { symbol: "rect", rotation: 0.7, dashArrayX: [1, 0], dashArrayY: [2, 4], color: red } }
              : { color: green },
        }),
      );
    });
    return {
      grid: { left: 8, right: 8, top: 22, bottom: 4, containLabel: true },
      aria: { enabled: true, label: { description: data.said } },
      xAxis: { type: "category", data: data.rows.map((row) => row.short), axisLabel: Object.assign({ interval: 0, color: kit.ink, fontSize: kit.size, lineHeight: 16 }, kit.narrow(place) ? { rotate: 60, width: 96, overflow: "truncate" } : { width: (place.clientWidth - 50) / data.rows.length - 6, overflow: "break" }) },
      yAxis: { type: "value", axisLabel: { formatter: (value) => (value + low).toLocaleString("vi-VN") } },
      series: [
        { type: "bar", stack: "bridge", silent: true, itemStyle: { color: "transparent" }, data: below },
        { type: "bar", stack: "bridge", barMaxWidth: 42, data: bars, labelLayout: { hideOverlap: true }, label: { show: true, position: "top", color: kit.ink, fontSize: kit.size, formatter: kit.words } },
      ],
    };
  };
})();
