import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { leanLit } from "./widgets/scripts/lean-lit.ts";
import { licenses } from "./widgets/scripts/licenses.ts";
import { manifest } from "./widgets/scripts/manifest.ts";
import { minifyChunks } from "./widgets/scripts/minify-chunks.ts";
import { minifyCss } from "./widgets/scripts/minify-css.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The CDN build of the widgets: ES modules that share what they share, so that a page loads Lit once. */
export default defineConfig({
  root: at("widgets"),
  publicDir: false,
  plugins: [leanLit(), minifyCss(), minifyChunks(), licenses(), manifest()],
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
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        manualChunks: {
          balance: [at("widgets/src/cdn/credits-balance.ts")],
          "top-up": [at("widgets/src/credits-top-up/define.ts")],
        },
      },
    },
  },
});
