import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";
import { z } from "zod";
import { root } from "../runner/commands.ts";

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve("@sparticuz/chromium")), "..");

/**
 * The Chromium of the npm package `@sparticuz/chromium`, unpacked once per version beside the other caches: a script that
 * starts it with the libraries and the fonts of the package alone, so that it draws the same pixels on every machine.
 */
export async function unpackChromium(): Promise<string> {
  const { version } = z.object({ version: z.string() }).parse(require(join(folder, "package.json")));
  const place = join(root, "node_modules/.cache", `chromium-${version}`);
  const script = join(place, "chromium.sh");
  if (!existsSync(script)) await unpack(place);
  return script;
}

/** Unpacks elsewhere and moves it into place: two runs at once, or one that was cut short, leave nothing half done. */
async function unpack(place: string): Promise<void> {
  const own = `${place}-${process.pid}`;
  await mkdir(own, { recursive: true });
  const before = process.env["TMPDIR"];
  // The package unpacks into the folder for temporary files, where another version's may be already.
  process.env["TMPDIR"] = own;
  try {
    if (tmpdir() !== own) throw new Error(`this system unpacks to ${tmpdir()}`);
    await Promise.all(
      ["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((name) => inflate(join(folder, "bin", name))),
    );
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await writeFile(join(own, "fonts.conf"), fontsConfiguration(place));
  await writeFile(join(own, "chromium.sh"), startScript);
  await chmod(join(own, "chromium.sh"), 0o755);
  await rename(own, place).catch(async (error: unknown) => {
    await rm(own, { recursive: true, force: true });
    if (!existsSync(join(place, "chromium.sh"))) throw error;
  });
}

const startScript = `#!/bin/sh
here="$(cd "$(dirname "$0")" && pwd)"
export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

const fontsConfiguration = (place: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(place, "fonts")}</dir>
  <cachedir>${join(place, "font-cache")}</cachedir>
</fontconfig>
`;
