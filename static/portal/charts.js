/* Charts: drawn beside the table that carries their figures, which stays in the page for paper, for screen readers and for
   whoever has no script. One file chart-….js for each shape puts itself into `shapes`; words come from the page, so that a
   figure is written in one place. */
(function () {
  "use strict";

  const pictures = window.portalPictures;
  const css = getComputedStyle(document.documentElement);
  const token = (name) => css.getPropertyValue("--" + name).trim();
  const ink = token("ink-900"), soft = token("ink-500"), line = token("line"), strong = token("line-strong"), ground = token("ground");
  const family = getComputedStyle(document.body).fontFamily;
  const size = 13;
  const colours = ["green-700", "gold-400", "blue-700", "green-300", "plum-700", "heat-4"].map(token);
  const axis = (more) =>
    Object.assign(
      {
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: soft, fontSize: size, formatter: written },
        splitLine: { lineStyle: { color: line } },
        nameTextStyle: { color: soft, fontSize: size },
      },
      more,
    );

  /* Numbers of an axis only; every other figure comes written. */
  function written(number) {
    return typeof number === "number" ? number.toLocaleString("vi-VN").replace("-", "−") : number;
  }

  echarts.registerTheme("portal", {
    textStyle: { fontFamily: family, fontSize: size, color: ink },
    color: colours,
    categoryAxis: axis({ axisLine: { lineStyle: { color: strong } }, axisLabel: { color: ink, fontSize: size }, splitLine: { show: false } }),
    valueAxis: axis({}),
    legend: { textStyle: { color: ink, fontSize: size, fontFamily: family } },
  });

  const shapes = {};
  const kit = {
    shapes, token, colours, ink, soft, line, strong, ground, size, family,
    legend: (more) => Object.assign({ top: 0, left: 0, itemWidth: 26, itemHeight: 13, itemGap: 14 }, more),
    /* How high a legend over the drawing is: it breaks into lines. */
    legendHeight: (names, place) => {
      let lines = 1, wide = 0;
      names.forEach((name) => {
        const one = 26 + 14 + 8 + name.length * 7.4;
        if (wide && wide + one > place.clientWidth) (lines += 1), (wide = 0);
        wide += one;
      });
      return 8 + lines * 23;
    },
    /* A figure of the page as a point of a series: its place, and the words it is shown with. */
    point: (row, at, more) => Object.assign({ value: row.values[at], words: row.words[at], address: row.addresses[at] || row.address }, more),
    words: (hit) => (hit.data && hit.data.words) || "",
    narrow: (place) => place.clientWidth < 480,
  };
  window.portalCharts = kit;

  /* The content policy forbids style attributes in markup, so what is told beside the pointer is drawn on the canvas too. */
  function told(data) {
    return (hit) => {
      if (!hit.data || hit.data.words === undefined) return "";
      const name = hit.data.told || (hit.seriesName && data.columns.length > 1 ? hit.name + " · " + hit.seriesName : hit.name);
      return name + ": " + hit.data.words + (data.unit && hit.data.words !== "–" && !hit.data.told ? " " + data.unit : "");
    };
  }

  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.figures).textContent);
    const place = box.querySelector("[data-chart-place]");
    const table = box.querySelector("[data-chart-table]");
    const ways = Array.from(box.querySelectorAll("[data-chart-way]"));
    let chart;

    function show(way) {
      const drawing = way === "drawing";
      place.hidden = !drawing;
      table.classList.toggle("is-aside", drawing);
      ways.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.chartWay === way)));
      if (drawing) {
        if (!chart) begin();
        else chart.resize();
      }
      box.querySelector("[data-chart-png]").disabled = !drawing;
    }

    function begin() {
      chart = echarts.init(place, "portal", { renderer: "canvas" });
      const common = {
        animation: false,
        aria: { enabled: true, label: { description: data.said }, decal: { show: data.columns.length > 1 && box.dataset.chart !== "heat" } },
        tooltip: {
          renderMode: "richText", confine: true, borderColor: strong, backgroundColor: ground,
          textStyle: { fontFamily: family, fontSize: size, color: ink }, formatter: told(data),
        },
      };
      const paint = () => chart.setOption(Object.assign({}, common, shapes[box.dataset.chart](data, place)), { notMerge: true });
      paint();
      place.dataset.drawn = "";
      let width = place.clientWidth;
      new ResizeObserver(() => {
        if (!place.clientWidth) return;
        chart.resize();
        if (place.clientWidth !== width) paint();
        width = place.clientWidth;
      }).observe(place);
      chart.on("click", (hit) => {
        if (hit.data && hit.data.address) window.location.assign(hit.data.address);
      });
    }

    ways.forEach((button) => button.addEventListener("click", () => show(button.dataset.chartWay)));
    box.querySelector("[data-chart-csv]").addEventListener("click", () => pictures.hand(new Blob([data.csv], { type: "text/csv;charset=utf-8" }), data.file + ".csv"));
    box.querySelector("[data-chart-png]").addEventListener("click", () => give(chart, data));
    box.querySelector("[data-chart-acts]").hidden = false;
    /* Where cells have no room for their figures the table is read instead: nothing is told by colour alone. */
    show(box.dataset.chart === "heat" && box.clientWidth < 64 * data.columns.length ? "table" : "drawing");
  }

  function give(chart, data) {
    const drawn = chart.renderToCanvas({ pixelRatio: pictures.fine, backgroundColor: ground });
    pictures.give(drawn, data.title, data.note, data.file);
  }

  /* Once every shape is there and the letters are loaded: a canvas measures and writes them once. */
  document.addEventListener("DOMContentLoaded", () => document.fonts.ready.then(() => document.querySelectorAll("[data-chart]").forEach(draw)));
})();
