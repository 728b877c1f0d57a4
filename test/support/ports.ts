import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems give to outgoing connections, which would otherwise be in the way now and then. */
const PORTS = { first: 10_000, count: 20_000 };

/** A port of this machine that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port on 127.0.0.1.");
  return address.port;
}

const given = new Set<number>();

/** A port that is free, as is the next one. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = PORTS.first + 2 * Math.floor(Math.random() * (PORTS.count / 2));
    if (given.has(port)) continue;
    given.add(port);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
