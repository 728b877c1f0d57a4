import { globSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { findFirefox } from "../support/firefox.ts";
import { root, runCommand, runCommandAside } from "./commands.ts";
import type { RunOptions } from "./options.ts";
import type { Resources } from "./resources.ts";

export interface Step {
  name: string;
  run(resources: Resources, options: RunOptions): Promise<void>;
}

const nodeTests = ["packages/*/src/**/*.test.ts", "bff/src/**/*.test.ts", "test/**/*.test.ts"];
const endToEndTests = ["test/e2e/**/*.e2e.ts"];

// A test that hangs must end the run with its name rather than the patience of whoever waits.
const nodeTestRunner = [
  process.execPath,
  "--test",
  "--test-reporter=spec",
  "--test-timeout=600000",
  "--test-concurrency=2",
  "--import=./test/runner/seed-fast-check.ts",
];

// Each file is a process, and each process would strip and compile the same modules again.
const compileCache = join(root, "node_modules/.cache/node");

export const steps: Step[] = [
  {
    name: "lint",
    async run() {
      await runAllInPairs([
        ["eslint", "--max-warnings=0", "."],
        ["prettier", "--check", "--log-level=warn", "."],
        ["depcruise", "packages", "bff", "widgets", "test"],
      ]);
    },
  },
  {
    name: "types",
    async run() {
      await runAllInPairs(typeScriptProjects().map((project) => ["tsc", "-p", project]));
    },
  },
  {
    name: "node",
    async run(resources, options) {
      const files = filesOf(nodeTests).filter((file) => !options.files || matchesGlob(file, options.files));
      console.log(`Everything random begins with --seed ${options.seed}`);
      await runNodeTests(files, {
        ...(await resources.postgres()),
        ...(await resources.template()),
        ...(await resources.embedded()),
        ...(await resources.chromium()),
        ...(await resources.builds()),
        CREDITS_KIT_SEED: String(options.seed),
      });
    },
  },
  {
    name: "elements",
    async run(resources) {
      await runCommand(["wtr"], await resources.chromium());
    },
  },
  {
    name: "firefox",
    async run() {
      // The same tests in the other engine; a browser of that size is not installed for anybody.
      const executablePath = await findFirefox();
      if (!executablePath) return console.log("No Firefox here (firefox-esr, or FIREFOX_PATH): nothing run.");
      await runCommand(["wtr"], { CREDITS_KIT_TEST_BROWSER: "firefox", FIREFOX_PATH: executablePath });
    },
  },
  {
    name: "screenshots",
    async run() {
      // The browser that the baselines were taken with exists for this kind of machine alone.
      const machine = `${process.platform} ${process.arch}`;
      if (machine === "linux x64") await runCommand(["npm", "run", "screenshots"]);
      else console.log(`Baselines are for linux x64, this is ${machine}: nothing compared.`);
    },
  },
  {
    name: "e2e",
    async run(resources) {
      await runCommand(["npm", "run", "build"]);
      const env = { ...(await resources.postgres()), ...(await resources.chromium()) };
      await runNodeTests(filesOf(endToEndTests), env);
    },
  },
];

/** Runs them all even when one fails, two at a time: who mends the first fault wants to see the others too. */
async function runAllInPairs(commands: string[][]): Promise<void> {
  const failures: string[] = [];
  const waiting = [...commands];
  const work = async () => {
    for (let command = waiting.shift(); command; command = waiting.shift())
      await runCommandAside(command).catch((error: Error) => failures.push(error.message));
  };
  await Promise.all([work(), work()]);
  if (failures.length > 0) throw new Error(failures.join(", "));
}

async function runNodeTests(files: string[], env: NodeJS.ProcessEnv): Promise<void> {
  if (files.length === 0) throw new Error("no test file matches");
  await runCommand([...nodeTestRunner, ...files], { ...env, NODE_COMPILE_CACHE: compileCache });
}

function filesOf(patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, exclude: ["**/node_modules/**"] }).sort();
}

/** The root's project and those of the folders that are compiled for the browser. */
function typeScriptProjects(): string[] {
  return filesOf([
    "tsconfig.json",
    "widgets/tsconfig.json",
    "widgets/scripts/tsconfig.json",
    "storybook/tsconfig.json",
    "packages/*/tsconfig*.json",
    "packages/*/src/*/tsconfig.json",
  ]);
}
