import { defineConfig } from "vite";
import { manifest } from "./manifest-plugin.ts";

/** Storybook takes the plugins and the target from here; the rest of the build is in main.ts. */
export default defineConfig({
  plugins: [manifest()],
  esbuild: { target: "es2022" },
  build: { target: "es2022" },
});
