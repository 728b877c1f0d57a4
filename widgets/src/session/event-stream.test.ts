import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { setVisible, Stage, textOf } from "../testing/stage.ts";

describe("the stream", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(async () => {
    setVisible(true);
    await stage.strike();
  });

  it("brings each change at once", async () => {
    const element = await stage.putBalance();
    stage.server.push(poolOf({ available: "1230", seq: 4 }));
    await stage.rest();
    expect(textOf(element, "balance")).to.equal("1,230");
  });

  it("never steps back to an older state of a pool", async () => {
    const element = await stage.putBalance();
    stage.server.push(poolOf({ available: "1200", seq: 9 }));
    stage.server.push(poolOf({ available: "1235", seq: 8 }));
    await stage.rest();
    expect(textOf(element, "balance")).to.equal("1,200");
    // A snapshot from a replica that lags, too.
    stage.server.cut();
    await stage.clock.pass(1_000);
    expect(stage.server.streamsOpened).to.equal(2);
    expect(textOf(element, "balance")).to.equal("1,200");
  });

  it("is opened again after it broke, and what is shown is stale only if that takes long", async () => {
    const element = await stage.putBalance();
    stage.server.cut();
    await stage.clock.pass(1_000);
    expect(stage.server.streams.size).to.equal(1);
    expect(textOf(element, "stale")).to.equal(undefined);
    stage.server.fault = "offline";
    stage.server.cut();
    await stage.clock.pass(2.5 * 60_000);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(textOf(element, "stale")).to.equal("Updated 2 min. ago Retry");
    stage.server.fault = undefined;
    window.dispatchEvent(new Event("online"));
    await stage.clock.pass(500);
    expect(textOf(element, "stale")).to.equal(undefined);
  });

  it("is tried less and less often while the server is away, and as late as the server asks", async () => {
    stage.server.fault = { status: 503, code: "overloaded", retryAfterS: 20 };
    await stage.putBalance();
    await stage.clock.pass(19_000);
    expect(streamRequests()).to.equal(1);
    await stage.clock.pass(2_000);
    expect(streamRequests()).to.equal(2);
    stage.server.fault = "offline";
    await stage.clock.pass(10 * 60_000);
    expect(streamRequests()).to.be.within(15, 50);
  });

  it("is given up after three missed heartbeats", async () => {
    await stage.putBalance();
    for (let beat = 0; beat < 10; beat += 1) {
      await stage.clock.pass(15_000);
      stage.server.heartbeat();
    }
    expect(stage.server.streamsOpened).to.equal(1);
    await stage.clock.pass(44_000);
    expect(stage.server.streamsOpened).to.equal(1);
    await stage.clock.pass(8_000);
    expect(stage.server.streamsOpened).to.equal(2);
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
  });

  it("comes back after the page slept, with a session that is good", async () => {
    const element = await stage.putBalance();
    stage.server.balances = balancesOf([poolOf({ available: "7", seq: 30 })]);
    await stage.clock.jump(3 * 3_600_000);
    await stage.clock.pass(6_000);
    expect(textOf(element, "balance")).to.equal("7");
    expect(stage.server.sessionsMinted).to.equal(2);
    expect(stage.server.streams.size).to.equal(1);
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
  });

  it("closes when the page is hidden for 30 s, and comes back with a snapshot", async () => {
    const element = await stage.putBalance();
    setVisible(false);
    await stage.clock.pass(29_000);
    expect(stage.server.streams.size).to.equal(1);
    setVisible(true);
    await stage.clock.pass(5_000);
    expect(stage.server.streamsOpened).to.equal(1);
    setVisible(false);
    await stage.clock.pass(31_000);
    expect(stage.server.streams.size).to.equal(0);
    const asked = stage.server.requests.length;
    await stage.clock.pass(3_600_000);
    expect(stage.server.requests).to.have.length(asked);
    stage.server.balances = balancesOf([poolOf({ available: "99", seq: 20 })]);
    setVisible(true);
    await stage.clock.pass(500);
    expect(textOf(element, "balance")).to.equal("99");
  });

  it("closes when the page is left and opens when it is shown from the cache", async () => {
    await stage.putBalance();
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    await stage.rest();
    expect(stage.server.streams.size).to.equal(0);
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await stage.rest();
    expect(stage.server.streams.size).to.equal(1);
  });

  it("goes when the server says so, and comes back when it said", async () => {
    await stage.putBalance();
    for (const stream of stage.server.streams) {
      stream.send("bye", { reconnectInMs: 8_000 });
      stream.end();
    }
    await stage.clock.pass(7_900);
    expect(stage.server.streamsOpened).to.equal(1);
    await stage.clock.pass(1_000);
    expect(stage.server.streamsOpened).to.equal(2);
  });

  it("takes a new snapshot when names or thresholds changed", async () => {
    const element = await stage.putBalance();
    for (const stream of stage.server.streams) {
      stream.send("resync", {});
      stream.send("snapshot", balancesOf([poolOf({ name: "Credits", low: true })]));
    }
    await stage.rest();
    expect(textOf(element, "name")).to.equal("Credits");
    expect(textOf(element, "warning")).to.equal("Your balance is low");
    expect(stage.server.streamsOpened).to.equal(1);
  });

  it("skips events that it does not know", async () => {
    const element = await stage.putBalance();
    for (const stream of stage.server.streams) stream.send("alert", { kind: "low" });
    stage.server.push(poolOf({ available: "5", seq: 4 }));
    await stage.rest();
    expect(textOf(element, "balance")).to.equal("5");
  });

  function streamRequests(): number {
    return stage.server.requests.filter((request) => request.url.endsWith("/widget/stream")).length;
  }
});
