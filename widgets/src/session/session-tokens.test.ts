import { parseJson } from "@credits-kit/client/widget";
import { expect } from "@open-wc/testing";
import "../credits-session/define.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { Stage, textOf } from "../testing/stage.ts";

const MINUTE_MS = 60_000;

describe("the session", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  it("comes from a POST with the page's own cookies", async () => {
    const asked: RequestInit[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input, init = {}) => {
      if (init.method === "POST") asked.push(init);
      return fetch(input, init);
    };
    await stage.putBalance('session-url="/my-session"');
    expect(stage.server.requests[0]?.url).to.equal("/my-session");
    expect(asked).to.have.length(1);
    expect(asked[0]).to.include({ method: "POST", credentials: "same-origin" });
  });

  it("comes from fetchSession, and never leaves the header", async () => {
    const element = await stage.putBalance("", { fetchSession: async () => stage.server.mintSession() });
    expect(textOf(element, "balance")).to.equal("1,240");
    const [stream] = stage.server.requests;
    expect(stream?.token).to.match(/^e30\./);
    expect(stream?.url).not.to.contain("e30");
    expect(element.outerHTML).not.to.contain("e30");
  });

  it("is asked for once, however many elements start together", async () => {
    const tag = '<credits-balance session-url="/session"></credits-balance>';
    await stage.put(tag + tag + tag);
    expect(stage.server.sessionsMinted).to.equal(1);
    expect(stage.server.streamsOpened).to.equal(1);
  });

  it("is renewed at 80 % of its life, before the stream that ends with it is opened again", async () => {
    const element = await stage.putBalance();
    await passWithHeartbeats(7.9 * MINUTE_MS);
    expect(stage.server.sessionsMinted).to.equal(1);
    await passWithHeartbeats(0.2 * MINUTE_MS);
    expect(stage.server.sessionsMinted).to.equal(2);
    expect(stage.server.streamsOpened).to.equal(1);
    await passWithHeartbeats(2 * MINUTE_MS);
    for (const stream of stage.server.streams) stream.end();
    await stage.clock.pass(600);
    expect(stage.server.streamsOpened).to.equal(2);
    expect(stage.server.sessionsMinted).to.equal(2);
    expect(stage.server.requests.at(-1)?.token).not.to.equal(stage.server.requests[1]?.token);
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(textOf(element, "stale")).to.equal(undefined);
  });

  it("that cannot be read is followed, too, whomever it is for", async () => {
    let minted = 0;
    const opaque = async () => {
      minted += 1;
      return { token: `opaque${minted}`, expiresAt: new Date(Date.now() + 10 * MINUTE_MS).toISOString() };
    };
    const element = await stage.putBalance("", { fetchSession: opaque });
    stage.server.balances = balancesOf([poolOf({ available: "8" })], { customerId: "globex" });
    await passWithHeartbeats(8.2 * MINUTE_MS);
    expect(minted).to.equal(2);
    expect(textOf(element, "balance")).to.equal("8");
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
    stage.server.refusedTokens.add("opaque2");
    stage.server.cut();
    await stage.clock.pass(2_000);
    expect(minted).to.equal(3);
    expect(stage.server.streams.size).to.equal(1);
  });

  it("is renewed by its own life when the page's clock is wrong by an hour", async () => {
    const anHourAgo = () => {
      const session = stage.server.mintSession();
      const [head, payload = "", sig] = session.token.split(".");
      const { iat, exp, ...claims } = parseJson<{ iat: number; exp: number }>(atob(payload));
      const token = [head, btoa(JSON.stringify({ ...claims, iat: iat - 3600, exp: exp - 3600 })), sig].join(
        ".",
      );
      return { token, expiresAt: new Date((exp - 3600) * 1000).toISOString() };
    };
    await stage.putBalance("", { fetchSession: async () => anHourAgo() });
    await passWithHeartbeats(7.9 * MINUTE_MS);
    expect(stage.server.sessionsMinted).to.equal(1);
    await passWithHeartbeats(0.2 * MINUTE_MS);
    expect(stage.server.sessionsMinted).to.equal(2);
  });

  it("is asked for again once when the server refuses it", async () => {
    const first = stage.server.mintSession();
    stage.server.refusedTokens.add(first.token);
    const sessions = [first];
    const element = await stage.putBalance("", {
      fetchSession: async () => sessions.shift() ?? stage.server.mintSession(),
    });
    await stage.clock.pass(1_000);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(stage.server.sessionsMinted).to.equal(2);
  });

  it("does not hammer anybody when every session is refused", async () => {
    stage.server.fault = { status: 401, code: "unauthenticated" };
    const element = await stage.putBalance("", { fetchSession: async () => stage.server.mintSession() });
    expect(element.state).to.include({ type: "error", code: "unauthenticated" });
    await stage.clock.pass(5 * MINUTE_MS);
    expect(stage.server.sessionsMinted).to.be.within(5, 40);
    expect(element.state.type).to.equal("error");
  });

  it("is given up after ten seconds, and a person can try again", async () => {
    stage.server.sessionFault = "hangs";
    const element = await stage.putBalance();
    await stage.clock.pass(9_000);
    expect(element.state.type).to.equal("loading");
    await stage.clock.pass(2_000);
    expect(element.state).to.include({ type: "error", code: "session_timed_out", retryable: true });
    stage.server.sessionFault = undefined;
    element.retry();
    // One call at a time: the next one begins when the one that hangs is given up, too.
    await stage.clock.pass(12_000);
    expect(textOf(element, "balance")).to.equal("1,240");
  });

  it("backs off while the host page's back end fails, and recovers by itself", async () => {
    let asked = 0;
    let fails = true;
    const element = await stage.putBalance("", {
      fetchSession: async () => {
        asked += 1;
        if (fails) throw new Error("no");
        return stage.server.mintSession();
      },
    });
    expect(element.state).to.include({ type: "error", code: "session_failed" });
    await stage.clock.pass(5 * MINUTE_MS);
    expect(asked).to.be.within(10, 25);
    fails = false;
    await stage.clock.pass(35_000);
    expect(element.state.type).to.equal("loaded");
  });

  it("that the host page's back end denies is no permission, not a fault", async () => {
    stage.server.sessionFault = 403;
    const element = await stage.putBalance();
    expect(element.state.type).to.equal("forbidden");
    await stage.clock.pass(10 * MINUTE_MS);
    expect(stage.server.requests).to.have.length(1);
  });

  it("of another customer than the page names is refused", async () => {
    const element = await stage.putBalance('session-url="/session" customer="globex"');
    expect(element.state).to.include({ type: "error", code: "customer_mismatch" });
    expect(stage.server.streamsOpened).to.equal(0);
  });

  it("given as a bare token says when it is over, once, and a new one goes on", async () => {
    const element = await stage.putBalance("", { sessionToken: stage.server.mintSession().token });
    let expired = 0;
    element.addEventListener("credits-session-expired", () => (expired += 1));
    expect(element.state.type).to.equal("loaded");
    await passWithHeartbeats(11 * MINUTE_MS);
    expect(expired).to.equal(1);
    stage.server.cut();
    await stage.clock.pass(MINUTE_MS);
    expect(expired).to.equal(1);
    expect(textOf(element, "stale")).to.contain("Updated");
    element.sessionToken = stage.server.mintSession().token;
    await stage.clock.pass(1_000);
    expect(textOf(element, "stale")).to.equal(undefined);
    expect(textOf(element, "balance")).to.equal("1,240");
  });

  it("of a provider says it once for all elements inside", async () => {
    const tag = "<credits-balance></credits-balance>";
    const place = await stage.put(`<credits-session>${tag}${tag}</credits-session>`);
    const provider = place.querySelector("credits-session");
    let expired = 0;
    place.addEventListener("credits-session-expired", () => (expired += 1));
    if (provider) provider.sessionToken = stage.server.mintSession().token;
    await passWithHeartbeats(11 * MINUTE_MS);
    expect(expired).to.equal(1);
  });

  /** As the server sends them, so that the watchdog has nothing to complain about. */
  async function passWithHeartbeats(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 15_000) {
      await stage.clock.pass(Math.min(left, 15_000));
      stage.server.heartbeat();
    }
    await stage.rest();
  }
});
