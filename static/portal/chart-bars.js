/* Bars lying down, one row a line, the figure at the end of each: ranked, stacked, or to both sides of nought. */
(function () {
  "use strict";
  const kit = window.portalCharts;

  function names(data, place, more) {
    const width = Math.round(place.clientWidth * (kit.narrow(place) ? 0.4 : 0.34));
    const roomy = place.clientHeight / data.rows.length > 44; // three lines of a name
    return Object.assign(
      {
        type: "category", inverse: true, data: data.rows.map((row) => row.short),
        axisLabel: { color: kit.ink, fontSize: kit.size, lineHeight: 14, width: width, overflow: roomy ? "break" : "truncate", interval: 0 },
      },
      more,
    );
  }
  const widest = (words) => 14 + 8 * Math.max(0, ...words.map((one) => one.length));

  /* Both ends of how sure each figure is, as a line over its bar. */
  function whiskers(ends) {
    const line = (end, row) => [{ coord: [end[0], row] }, { coord: [end[1], row] }];
    return {
      silent: true, symbol: "circle", symbolSize: 6, label: { show: false },
      lineStyle: { color: kit.ink, type: "solid", width: 2 }, itemStyle: { color: kit.ink }, data: ends.map(line),
    };
  }

  /* options: max, the right end of the axis; sure, from where to where each figure of the one column is sure */
  kit.shapes.bars = function (data, place) {
    const sure = data.options.sure;
    const last = data.rows.map((row) => row.words[0]);
    return {
      legend: data.columns.length > 1 ? kit.legend() : undefined,
      grid: { left: 4, right: sure ? 12 : widest(last), top: data.columns.length > 1 ? kit.legendHeight(data.columns, place) : 4, bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0, max: data.options.max, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: names(data, place),
      series: data.columns.map((name, at) => ({
        name: name, type: "bar", barMaxWidth: 18, barCategoryGap: "28%", itemStyle: { color: kit.colours[sure ? 3 : at] },
        markLine: sure ? whiskers(sure) : undefined,
        label: { show: true, position: sure ? "insideLeft" : "right", color: kit.ink, fontSize: kit.size, formatter: kit.words },
        data: data.rows.map((row) => kit.point(row, at)),
      })),
    };
  };

  /* options: share, true where every bar is drawn to the same length */
  kit.shapes.stacked = function (data, place) {
    const sums = data.rows.map((row) => row.values.reduce((sum, value) => sum + (value || 0), 0));
    const high = Math.max(1, ...sums);
    const length = (row, at) => (data.options.share && sums[row] ? (data.rows[row].values[at] / sums[row]) * 100 : data.rows[row].values[at]);
    const whole = data.options.share ? 100 : high;
    return {
      legend: kit.legend({ type: "plain" }),
      grid: { left: 4, right: 12, top: kit.legendHeight(data.columns, place), bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0, max: whole, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: names(data, place),
      series: data.columns.map((name, at) => ({
        name: name, type: "bar", stack: "whole", barMaxWidth: 20, itemStyle: { color: kit.colours[at], borderColor: kit.ground, borderWidth: 1 },
        label: { position: "inside", color: kit.ink, fontSize: kit.size, backgroundColor: kit.ground, padding: [1, 3], borderRadius: 2, formatter: kit.words },
        data: data.rows.map((row, y) => kit.point(row, at, { value: length(y, at), label: { show: length(y, at) > whole * 0.06 } })),
      })),
    };
  };

  /* Won to the right, lost to the left; the sign is written, what was lost is hatched. */
  kit.shapes.movers = function (data, place) {
    const red = kit.token("red-700"), green = kit.token("green-600");
    const span = Math.max(1, ...data.rows.map((row) => Math.abs(row.values[0] || 0))) * 1.45;
    const hatched = { symbol: "rect", rotation: 0.7, dashArrayX: [1, 0], dashArrayY: [2, 4], color: red };
    const at = (row) => row.values[0] || 0;
    return {
      grid: { left: 4, right: 4, top: 2, bottom: 2 },
      aria: { enabled: true, label: { description: data.said } },
      xAxis: { type: "value", show: false, min: -span, max: span },
      yAxis: { type: "category", inverse: true, data: data.rows.map((row) => row.short), axisLabel: { show: false } },
      series: [
        {
          type: "bar", barWidth: 16,
          markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: kit.strong, type: "solid", width: 1 }, data: [{ xAxis: 0 }] },
          data: data.rows.map((row) =>
            kit.point(row, 0, {
              itemStyle: at(row) < 0 ? { color: kit.ground, borderColor: red, borderWidth: 1.5, decal: hatched } : { color: green, borderColor: green, borderWidth: 1.5 },
              label: { show: true, position: at(row) < 0 ? "left" : "right", formatter: kit.words, fontWeight: 600, fontSize: 14, color: at(row) < 0 ? red : kit.token("green-700") },
            }),
          ),
        },
        {
          type: "bar", barGap: "-100%", barWidth: 16, silent: true, itemStyle: { color: "transparent" },
          label: { show: true, color: kit.ink, fontSize: kit.size, formatter: (hit) => data.rows[hit.dataIndex].short, width: place.clientWidth / 2 - 8, overflow: "truncate" },
          data: data.rows.map((row) => ({ value: at(row) < 0 ? 0.0001 : -0.0001, label: { position: at(row) < 0 ? "right" : "left" } })),
        },
      ],
    };
  };
})();
