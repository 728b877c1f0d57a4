import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { chromeLauncher } from "@web/test-runner-chrome";
import puppeteer from "puppeteer-core";
import { chromiumArgs, findChromium } from "./test/support/chromium.ts";
import { findFirefox } from "./test/support/firefox.ts";

const browsers = {
  async chromium() {
    return chromeLauncher({ launchOptions: { executablePath: await findChromium(), args: chromiumArgs } });
  },
  /** Through WebDriver BiDi, which the same launcher speaks. */
  async firefox() {
    const executablePath = await findFirefox();
    if (!executablePath) throw new Error("There is no Firefox: install firefox-esr, or set FIREFOX_PATH.");
    const extraPrefsFirefox = {
      // What moves is still for a moment after it was ended, and axe would see it so.
      "ui.prefersReducedMotion": 1,
      // The panel of a download takes the focus from the page for good.
      "browser.download.alwaysOpenPanel": false,
    };
    const launchOptions = { browser: "firefox", executablePath, extraPrefsFirefox };
    const launcher = chromeLauncher({ puppeteer, launchOptions });
    launcher.name = "Firefox";
    return launcher;
  },
};

/** Which browser the tests run in: chromium, or what CREDITS_KIT_TEST_BROWSER says. */
const name = process.env.CREDITS_KIT_TEST_BROWSER ?? "chromium";

export default {
  files: ["widgets/src/**/*.test.ts"],
  nodeResolve: true,
  browsers: [await browsers[name]()],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: "es2022",
      // Lit's decorators are the experimental ones; esbuild learns it from here only.
      tsconfig: fileURLToPath(new URL("widgets/tsconfig.json", import.meta.url)),
    }),
  ],
  // Firefox hands keys only to the page in front.
  concurrency: name === "firefox" ? 1 : 2,
  // Firefox shares the two processors with whatever runs beside it.
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: "10000" } },
};
