import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import type { WidgetBalances } from "@credits-kit/contract";
import type { Listener } from "../../live/feed.ts";
import type { LiveHub } from "../../live/hub.ts";
import { eventually } from "../../test-support/eventually.ts";
import { openStream } from "./stream.ts";

const UNSENT_LIMIT = 1_000_000;

/** A stream to a reader who opened it and reads nothing of it. */
interface Unread {
  readonly listener: Listener;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Whether the hub was told that nobody listens any more. */
  readonly isLeft: () => boolean;
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a reader who does not read is dropped before much has piled up", async () => {
  const { listener, response, isLeft } = await openUnread(Date.now() + 60_000);
  let most = 0;
  for (let seq = 1; !response.destroyed; seq += 1) {
    assert.ok(seq < 1000, "100 MB went to nobody");
    listener.balances(balances(seq));
    most = Math.max(most, response.writableLength);
    await new Promise(setImmediate);
  }
  assert.ok(most < UNSENT_LIMIT + 200_000, `${most} bytes`);
  await eventually("the leaving", isLeft);
});

test("a reader who takes not even the end is cut off, and what comes meanwhile harms nobody", async () => {
  const { listener, response, isLeft } = await openUnread(Date.now() + 1500);
  for (let seq = 1; response.writableLength < UNSENT_LIMIT / 2; seq += 1) {
    listener.balances(balances(seq));
    await new Promise(setImmediate);
  }
  await eventually("the end of the token", () => response.writableEnded);
  assert.equal(response.destroyed, false);
  listener.balances(balances(100_000));
  listener.resync();
  listener.bye(0);
  await eventually("the cut", () => response.destroyed && isLeft());
});

test("a reader who left while the token was checked is not waited for", async () => {
  let opened: Unread["isLeft"] | null = null;
  const server = createServer((request, response) => {
    request.socket.destroy();
    response.once("close", () => {
      const { live, isLeft } = hub();
      openStream(
        { live, now: Date.now },
        { customerId: "lena", scopes: ["read"], expiresAtMs: Date.now() + 1000 },
        response,
      );
      opened = isLeft;
    });
  });
  await ask(server);
  await eventually("the opening", () => opened !== null);
});

/** A hub with one listener. */
function hub() {
  let listener: Listener | null = null;
  let left = false;
  const live: Pick<LiveHub, "listen" | "listenersOf"> = {
    listenersOf: () => 0,
    listen: (_customerId, told) => {
      listener = told;
      return () => (left = true);
    },
  };
  const nothing = () => undefined;
  const rest = {
    poolsChanged: nothing,
    catalogueChanged: nothing,
    watch: nothing,
    refreshAll: nothing,
    close: nothing,
  };
  return { live: { ...live, ...rest }, listener: () => listener, isLeft: () => left };
}

async function openUnread(expiresAtMs: number): Promise<Unread> {
  const { live, listener, isLeft } = hub();
  const opened = new Promise<ServerResponse>((resolve) => {
    const server = createServer((_request, response) => {
      openStream({ live, now: Date.now }, { customerId: "lena", scopes: ["read"], expiresAtMs }, response);
      resolve(response);
    });
    void ask(server);
  });
  const response = await opened;
  const told = listener();
  assert.ok(told && response.socket);
  return { listener: told, response, socket: response.socket, isLeft };
}

async function ask(server: Server): Promise<void> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const socket = connect(address.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
}

/** About 100 kB. */
function balances(seq: number): WidgetBalances {
  const pool = {
    creditTypeId: "credits",
    resourceId: null,
    unit: { singular: "credit", plural: "credits" },
    ...{
      balance: "1",
      available: "1",
      held: "0",
      overage: "0",
      granted: "1",
      used: "0",
      pending: "0",
      scheduled: "0",
    },
    seq,
    low: false,
    nextExpiry: null,
    nextRefreshAt: null,
    runsOutAt: null,
    asOf: "2026-03-01T12:00:00.000Z",
    name: "x".repeat(100_000),
    symbol: null,
    autoTopUp: null,
    history: [],
  };
  return { customerId: "lena", canTopUp: false, canChangeSettings: false, balances: [pool] };
}
