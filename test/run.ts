import { parseOptions } from "./runner/options.ts";
import { Resources } from "./runner/resources.ts";
import { steps } from "./runner/steps.ts";

interface Outcome {
  step: string;
  result: "passed" | "failed" | "not run";
  seconds: string;
}

const options = parseOptions(
  process.argv.slice(2),
  steps.map((step) => step.name),
);
const resources = new Resources();
const outcomes: Outcome[] = [];

for (const step of steps.filter(({ name }) => options.only.includes(name))) {
  const { name } = step;
  if (outcomes.some((outcome) => outcome.result === "failed")) {
    outcomes.push({ step: name, result: "not run", seconds: "" });
    continue;
  }
  console.log(`\n=== ${name} ${"=".repeat(Math.max(3, 70 - name.length))}`);
  const started = performance.now();
  const result = await step.run(resources, options).then(
    () => "passed" as const,
    (error: unknown) => {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return "failed" as const;
    },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`--- ${name} ${result} in ${seconds} s`);
  outcomes.push({ step: name, result, seconds });
}
await resources.stop();

const passed = outcomes.filter((outcome) => outcome.result === "passed").length;
const failed = outcomes.filter((outcome) => outcome.result === "failed").length;
console.log("");
for (const { step, result, seconds } of outcomes) {
  console.log(`${step.padEnd(10)} ${result.padEnd(8)} ${seconds.padStart(8)}`);
}
console.log(`${passed} steps passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
