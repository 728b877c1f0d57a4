import { existsSync } from "node:fs";
import { outputOf, whereIs } from "./processes.ts";

const names = ["firefox-esr", "firefox"];
const places = ["/Applications/Firefox.app/Contents/MacOS/firefox"];

/** The path of a Firefox that starts: FIREFOX_PATH, or the system's; null where there is none. */
export async function findFirefox(): Promise<string | null> {
  const given = process.env["FIREFOX_PATH"];
  if (given) return given;
  const found = await Promise.all(names.map(whereIs));
  for (const path of [...found, ...places.filter((place) => existsSync(place))])
    if (path && isFirefoxVersion((await outputOf(path, ["--version"])) ?? "")) return path;
  return null;
}

/** Whether an answer to `--version` is a Firefox's: Ubuntu's stub asks for a snap instead. */
export function isFirefoxVersion(answer: string): boolean {
  return /^Mozilla Firefox \d+/m.test(answer);
}
