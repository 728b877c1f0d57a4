import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { leanLit } from "./widgets/scripts/lean-lit.ts";
import { licenses } from "./widgets/scripts/licenses.ts";
import { manifest } from "./widgets/scripts/manifest.ts";
import { minifyChunks } from "./widgets/scripts/minify-chunks.ts";
import { minifyCss } from "./widgets/scripts/minify-css.ts";
import { themes } from "./widgets/scripts/themes.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const source = (name: string) => at(`widgets/src/${name}.ts`);

/** What every element needs: Lit, the session with its stream, a language and a theme. A page has it once. */
const core = [
  ...["credits-session/define", "session/hub-controller", "session/session-element", "ui/define-element"],
  ...["ui/formats", "ui/unit", "ui/icons", "ui/tokens.styles", "ui/button.styles", "ui/skeleton.styles"],
].map(source);
// What asks for a top-up, in the balance and in the portal.
core.push(source("credits-balance/credits-balance.events"));
core.push("lit", at("packages/client/src/widget/send.ts"));

/** What elements that draw an answer of the API share: at first, and once there is something to draw. */
const dataChunks = {
  data: ["feed/data-element", "feed/topics", "feed/forecast-topics", "ui/frame.styles"].map(source),
  "data-panel": [
    ...["feed/render-state", "ui/control.styles", "ui/table.styles", "ui/pill.styles", "ui/palette.styles"],
  ].map(source),
  list: ["list/list-element", "list/list.styles", "list/render-cells", "locales/list/en"].map(source),
  "list-refine": ["refine-form", "refine.styles", "render-group", "groups"]
    .map((name) => source(`list/${name}`))
    .concat(source("locales/list/en-form")),
  days: [source("ui/days")],
  "balance-texts": [source("ui/balance-texts")],
  "own-words": [source("ui/own-words")],
  reading: [
    ...["paying/leave-page", "ui/positive.styles", "ui/floating.styles"].map(source),
    at("packages/client/src/widget/read.ts"),
  ],
};

/** The CDN build of the widgets: ES modules that share what they share, so that a page loads Lit once. */
export default defineConfig({
  root: at("widgets"),
  publicDir: false,
  plugins: [leanLit(), minifyCss(), minifyChunks(), licenses(), themes(), manifest()],
  esbuild: { target: "es2022" },
  build: {
    outDir: at("widgets/dist-cdn"),
    emptyOutDir: true,
    // Sources are compiled to es2022 one by one; compiling chunks again would undo their minification.
    target: "esnext",
    // Library mode leaves out Vite's preloading of chunks: two kilobytes that a page with one element does not need.
    lib: {
      entry: {
        "credits-kit": at("widgets/src/cdn/credits-kit.ts"),
        "credits-balance": at("widgets/src/cdn/credits-balance.ts"),
        "credits-top-up": at("widgets/src/cdn/credits-top-up.ts"),
        "credits-auto-top-up": at("widgets/src/cdn/credits-auto-top-up.ts"),
        "credits-grants-table": at("widgets/src/cdn/credits-grants-table.ts"),
        "credits-ledger": at("widgets/src/cdn/credits-ledger.ts"),
        "credits-usage-chart": at("widgets/src/cdn/credits-usage-chart.ts"),
        "credits-utilization-portal": at("widgets/src/cdn/credits-utilization-portal.ts"),
      },
      formats: ["es"],
    },
    minify: false,
    reportCompressedSize: false,
    rollupOptions: {
      // Each element is a chunk, and its file only leads there: a page that loads one by way of a redirect, and what that
      // loads later by its true address, would otherwise have it twice.
      preserveEntrySignatures: "strict",
      output: {
        // An element's file names all that it needs, so that a page asks for it in one go.
        hoistTransitiveImports: true,
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        manualChunks: {
          core,
          balance: [at("widgets/src/cdn/credits-balance.ts")],
          ...dataChunks,
          "grants-table": [at("widgets/src/credits-grants-table/define.ts")],
          "grants-table-refine": [at("widgets/src/credits-grants-table/refine.ts")],
          ledger: [at("widgets/src/credits-ledger/define.ts")],
          "ledger-refine": [at("widgets/src/credits-ledger/refine.ts")],
          "usage-chart": [at("widgets/src/credits-usage-chart/define.ts")],
          "usage-chart-panel": [at("widgets/src/credits-usage-chart/panel.ts")],
          chart: [at("widgets/src/chart/plot.ts")],
          portal: [at("widgets/src/credits-utilization-portal/define.ts")],
          "portal-panel": [at("widgets/src/credits-utilization-portal/panel.ts")],
          "portal-forms": [at("widgets/src/credits-utilization-portal/forms.ts")],
          money: [at("widgets/src/paying/money.ts")],
          // Comes while the session is asked for.
          live: [
            source("session/event-stream"),
            ...["open-stream", "stream-messages"].map((name) => at(`packages/client/src/widget/${name}.ts`)),
          ],
          // What the elements of money share; the way to the auto top-up needs the least of it.
          calls: [
            at("packages/client/src/widget/index.ts"),
            ...["paying/page-return", "session/shared-reads"].map(source),
          ],
          paying: [...globSync(at("widgets/src/paying/*.ts")), at("widgets/src/ui/dialog.styles.ts")].filter(
            (file) => !/\.test\.ts$|leave-page|page-return|paying\/money/.test(file),
          ),
          "auto-top-up-entry": [
            "entry",
            "pool-api",
            "texts",
            "card-return",
            "credits-auto-top-up.events",
          ].map((name) => at(`widgets/src/credits-auto-top-up/${name}.ts`)),
          "top-up": [at("widgets/src/credits-top-up/define.ts")],
          "auto-top-up": [at("widgets/src/credits-auto-top-up/define.ts")],
        },
      },
    },
  },
});
