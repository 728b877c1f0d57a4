import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { PostgresSessions } from "./postgres.ts";

/** A message of the protocol: a letter, the length with itself, the content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const AUTHENTICATED = message("R", Buffer.alloc(4));
const READY = message("Z", Buffer.from("I"));
const TERMINATED = message(
  "E",
  Buffer.from("SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"),
);

test("a connection that dies in the packet that says it is ready is an error, not the end of the process", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(Buffer.concat([AUTHENTICATED, READY, TERMINATED])));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  const sessions = new PostgresSessions({
    url: `postgres://user@127.0.0.1:${address.port}/none`,
    maxConnections: 1,
    role: "credits_kit_writer",
    onConnectionError: () => undefined,
  });
  await assert.rejects(sessions.connect(), /terminat|not queryable/i);
  await sessions.end();
  server.close();
});
