import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/ports.ts";
import type { ProductProcess } from "../support/product.ts";
import type { Listening } from "../support/widget-listen.ts";
import { DOCUMENTED_API } from "./host-server.ts";

export interface SnippetServer {
  /** Its app, built into `dist`. */
  readonly folder: string;
  /** The server as it is documented: it listens on 5000. */
  readonly code: string;
  readonly product: ProductProcess;
}

/** Runs a documented server. What differs from the document is where the API is and where it listens: addresses. */
export async function startSnippetServer({ folder, code, product }: SnippetServer): Promise<Listening> {
  const port = await freePort();
  await writeFile(
    join(folder, "server.js"),
    code.replaceAll(DOCUMENTED_API, product.url).replace("listen(5000)", `listen(${port})`),
  );
  for (const file of globSync(join(folder, "dist/**/*.{html,js}"))) {
    const text = await readFile(file, "utf8");
    if (text.includes(DOCUMENTED_API)) await writeFile(file, text.replaceAll(DOCUMENTED_API, product.url));
  }
  const env = { PATH: process.env["PATH"], CREDITS_KEY: product.apiKey };
  const server = spawn(process.execPath, ["server.js"], { cwd: folder, env, stdio: "inherit" });
  const origin = `http://localhost:${port}`;
  await eventually("the documented server", async () => {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`);
    return (await fetch(origin)).ok;
  });
  return {
    origin,
    async [Symbol.asyncDispose]() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    },
  };
}
