import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { takeFileLock } from "./file-lock.ts";

const TAKERS = 50;

async function lockPath(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-lock-"));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, "lock");
}

/** Has many take a lock at once; answers how many got it, and checks that the others were told who did. */
async function takeAtOnce(path: string): Promise<number> {
  const taken = await Promise.all(Array.from({ length: TAKERS }, () => takeFileLock(path)));
  const refused = taken.filter((lock) => typeof lock === "number");
  assert.deepEqual(new Set(refused), new Set([process.pid]));
  return TAKERS - refused.length;
}

test("of many that take a free lock, one gets it", async (t) => {
  const path = await lockPath(t);
  assert.equal(await takeAtOnce(path), 1);
  assert.deepEqual(await readdir(join(path, "..")), ["lock"]);
});

test("a released lock is free", async (t) => {
  const path = await lockPath(t);
  const first = await takeFileLock(path);
  assert.ok(typeof first !== "number");
  await first.release();
  assert.notEqual(typeof (await takeFileLock(path)), "number");
});

test("of many that find what a dead process or a torn write left, one gets it", async (t) => {
  const dead = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(dead, "exit");
  const leftovers = ["", "{", JSON.stringify({ pid: dead.pid, started: null })];
  for (const leftover of leftovers) {
    const path = await lockPath(t);
    await writeFile(path, leftover);
    assert.equal(await takeAtOnce(path), 1, leftover);
    assert.deepEqual(await readdir(join(path, "..")), ["lock"]);
  }
});

test("a process that got a dead one's number does not keep its lock", async (t) => {
  const path = await lockPath(t);
  await writeFile(path, JSON.stringify({ pid: process.pid, started: "1" }));
  assert.notEqual(typeof (await takeFileLock(path)), "number");
});
