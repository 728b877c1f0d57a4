import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { chromeLauncher } from "@web/test-runner-chrome";
import { chromiumArgs, findChromium } from "./test/support/chromium.ts";

export default {
  files: ["widgets/src/**/*.test.ts", "packages/client/src/widget/**/*.browser.test.ts"],
  nodeResolve: true,
  browsers: [chromeLauncher({ launchOptions: { executablePath: await findChromium(), args: chromiumArgs } })],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: "es2022",
      // Lit's decorators are the experimental ones; esbuild learns it from here only.
      tsconfig: fileURLToPath(new URL("widgets/tsconfig.json", import.meta.url)),
    }),
  ],
  concurrency: 2,
  testFramework: { config: { timeout: "4000" } }, testsFinishTimeout: 20000,
};
