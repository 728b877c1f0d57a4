import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { createHttpServer } from "./server.ts";

test("a slow sender is given ten seconds for the headers and fifteen for all", () => {
  const server = createHttpServer(() => undefined);
  assert.equal(server.headersTimeout, 10_000);
  assert.equal(server.requestTimeout, 15_000);
  assert.ok(server.maxConnections > 0);
});

test("what could be read as two requests is refused by the parser", async () => {
  let served = 0;
  const server = createHttpServer((_request, response) => {
    served += 1;
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const body = "0\r\n\r\n";
  try {
    for (const headers of [
      "Content-Length: 5\r\nTransfer-Encoding: chunked",
      "Content-Length: 5\r\nContent-Length: 6",
      "Content-Length: 5 5",
      "Content-Length: -1",
      `X-Long: ${"x".repeat(20_000)}`,
    ]) {
      const socket = connect(address.port, "127.0.0.1");
      socket.end(`POST / HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${body}`);
      assert.match(await text(socket), /^HTTP\/1\.1 4\d\d /, headers.slice(0, 60));
    }
    assert.equal(served, 0);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});
