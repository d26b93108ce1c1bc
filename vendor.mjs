// Copies the pinned front-end files of package.json out of node_modules into static/vendor/, which is committed:
// the portal runs on closed networks, so nothing is fetched when it is installed or used. Run by `make vendor`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, "node_modules");
const vendor = join(root, "static", "vendor");
const { devDependencies: pins, icons } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const weights = [400, 500, 600];
const face = (family, subset) => weights.map((weight) => `files/${family}-${subset}-${weight}-normal.woff2`);
const wanted = {
  bootstrap: { folder: "bootstrap", files: ["dist/css/bootstrap.min.css", "LICENSE"], use: "Grid, forms, buttons; its CSS only, no script" },
  "htmx.org": { folder: "htmx", files: ["dist/htmx.min.js", "LICENSE"], use: "Rows that save themselves, parts of pages fetched later" },
  "bootstrap-icons": { folder: "icons", files: ["LICENSE"], use: `${icons.length} icons as one sprite, listed in package.json` },
  "@fontsource/be-vietnam-pro": {
    folder: "be-vietnam-pro",
    files: [...face("be-vietnam-pro", "latin"), ...face("be-vietnam-pro", "latin-ext"), ...face("be-vietnam-pro", "vietnamese"), "LICENSE"],
    use: "Letters of the screen, weights 400, 500, 600",
  },
  "@fontsource/inter": { folder: "inter", files: [...face("inter", "latin"), "LICENSE"], use: "Digits of the screen, tabular, weights 400, 500, 600" },
  echarts: { folder: "echarts", files: ["LICENSE", "NOTICE"], use: "Charts, on pages that have some; only the parts named in `vendor.mjs`, in one file" },
};

// What makes a file here without leaving one of its own.
const tools = { esbuild: "Puts the parts of echarts into one file; none of its own is here" };

rmSync(vendor, { recursive: true, force: true });
const lines = [];
for (const [name, { folder, files, use }] of Object.entries(wanted)) {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  if (version !== pins[name]) throw new Error(`${name}: ${version} is installed, package.json asks for ${pins[name]}`);
  mkdirSync(join(vendor, folder), { recursive: true });
  for (const file of files) cpSync(join(modules, name, file), join(vendor, folder, file.split("/").pop()));
  lines.push(`| ${name} | ${version} | ${license} | \`${folder}/\` | ${use} |`);
}

// The storage that fingerprints static files follows every address in a stylesheet, and the source map is not copied.
const stylesheet = join(vendor, "bootstrap", "bootstrap.min.css");
writeFileSync(stylesheet, readFileSync(stylesheet, "utf8").replace(/\/\*# sourceMappingURL=.*?\*\/\s*/, ""));

// Of the drawing library only what the shapes of static/portal/chart-*.js use: half of the whole file.
await build({
  stdin: {
    contents: `
      export { init, registerTheme, use } from "echarts/core";
      import { use } from "echarts/core";
      import { BarChart, HeatmapChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
      import {
        AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapPiecewiseComponent,
      } from "echarts/components";
      import { LabelLayout } from "echarts/features";
      import { CanvasRenderer } from "echarts/renderers";
      use([
        BarChart, HeatmapChart, LineChart, RadarChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
        RadarComponent, TooltipComponent, VisualMapPiecewiseComponent, LabelLayout, CanvasRenderer,
      ]);
    `,
    resolveDir: root,
  },
  bundle: true, minify: true, format: "iife", globalName: "echarts", target: "es2020", legalComments: "none", logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  banner: { js: `/* Apache ECharts ${pins.echarts}, Apache License 2.0: LICENSE and NOTICE stand beside this file */` },
  outfile: join(vendor, "echarts", "echarts.min.js"),
});

const symbols = icons.map((icon) => {
  const drawing = readFileSync(join(modules, "bootstrap-icons", "icons", `${icon}.svg`), "utf8");
  const [, box, shapes] = drawing.match(/viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${icon}" viewBox="${box}">${shapes.replace(/\n\s*/g, "")}</symbol>`;
});
writeFileSync(join(vendor, "icons", "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n${symbols.join("\n")}\n</svg>\n`);

for (const [name, use] of Object.entries(tools)) lines.push(`| ${name} | ${pins[name]} | MIT | – | ${use} |`);

writeFileSync(
  join(vendor, "README.md"),
  `# Files from elsewhere

Copied by \`make vendor\` (\`vendor.mjs\`, versions pinned in \`package.json\`); change nothing here by hand. Each folder holds
the licence of what is in it. Fonts are the subsets of their packages as they come; \`static/portal/fonts.css\` says which
letters come from which file.

| package | version | licence | folder | for |
|---|---|---|---|---|
${lines.join("\n")}
`,
);
