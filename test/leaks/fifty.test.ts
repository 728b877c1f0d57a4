import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openRenderingStudio, type RenderingStudio } from "../support/rendering-studio.ts";
import { kinds } from "./elements.ts";

const FIFTY = 50;

let studio: RenderingStudio;
before(async () => {
  studio = await openRenderingStudio();
});
after(() => studio[Symbol.asyncDispose]());

test("fifty elements of all kinds on one page share one session and one stream, and ask each question once", async () => {
  const page = await studio.open();
  await page.evaluate(`import("/credits-kit.js").then(() => undefined)`);
  const { sessions, streams, asked } = await page.evaluate<{
    sessions: number;
    streams: number;
    asked: Record<string, number>;
  }>(`rendering.putMany(${JSON.stringify(kinds)}, ${FIFTY})`);
  assert.deepEqual({ sessions, streams }, { sessions: 1, streams: 1 });
  const questions = Object.keys(asked).map((address) => new URL(address, "http://host.test").pathname);
  for (const path of ["usage", "forecast", "grants", "ledger", "top-ups/quote", "auto-top-ups/tokens"])
    assert.ok(questions.includes(`/widget/${path}`), `nobody asked ${path}`);
  const often = Object.entries(asked).filter(([, times]) => times > 1);
  assert.deepEqual(often, [], "asked more than once");
  await page.context().close();
});
