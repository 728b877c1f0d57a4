import { expect } from "@open-wc/testing";
import { read } from "@credits-kit/client/widget/session";
import { html } from "lit";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { settle } from "../testing/fake-clock.ts";
import { problem } from "../testing/fake-server.ts";
import { Stage } from "../testing/stage.ts";
import { DataElement } from "./data-element.ts";
import type { Question } from "./feed-state.ts";
import { Topics } from "./topics.ts";

interface Data {
  text: string;
}

const topics = new Topics<Data>();

class TestData extends DataElement<Data> {
  static override properties = { ask: {} };

  declare ask: string | undefined;
  readonly told: string[] = [];

  override get topics(): Topics<Data> {
    return topics;
  }

  override question(): Question<Data> | undefined {
    const { ask } = this;
    if (!ask) return undefined;
    return {
      key: ask,
      ask: (options, signal) => read<Data>(options, { path: "/widget/x", query: { ask }, signal }),
    };
  }

  protected override renderContent() {
    return html`${this.state.type === "loaded" ? this.state.data.text : this.state.type}`;
  }

  protected override loaded(): void {
    this.told.push("loaded");
  }

  protected override failed({ code }: { code: string }): void {
    this.told.push(code);
  }
}

customElements.define("test-data", TestData);

describe("elements that draw an answer of the API", () => {
  let stage: Stage;
  /** Answers that wait until they are let go. */
  let held: (() => void)[];
  let isHolding: boolean;
  let asked: string[];

  beforeEach(() => {
    stage = new Stage();
    [held, isHolding, asked] = [[], false, []];
    stage.server.answer = ({ pathname, searchParams }) => {
      if (pathname !== "/widget/x") return undefined;
      asked.push(searchParams.get("ask") ?? "");
      const { customer } = stage.server;
      const answer = Response.json({ text: `${asked.length} ${searchParams.get("ask")} of ${customer}` });
      if (!isHolding) return Promise.resolve(answer);
      return new Promise((resolve) => held.push(() => resolve(answer)));
    };
  });
  afterEach(() => stage.strike());

  const put = async (count = 1): Promise<TestData[]> => {
    await stage.put("");
    const place = await stage.put('<test-data session-url="/session" ask="a"></test-data>'.repeat(count));
    return [...place.querySelectorAll<TestData>("test-data")];
  };
  const textOf = (element: TestData | undefined) => element?.shadowRoot?.textContent?.trim();
  const push = async (seq: number) => {
    stage.server.push(poolOf({ seq }));
    await stage.rest();
  };

  it("ask once for all fifty of them, and all show it", async () => {
    const elements = await put(50);
    expect(asked).to.deep.equal(["a"]);
    expect(elements.map(textOf)).to.deep.equal(Array<string>(50).fill("1 a of acme"));
    expect([stage.server.sessionsMinted, stage.server.mostStreamsAtOnce]).to.deep.equal([1, 1]);
  });

  it("ask again a moment after the credits changed, once for many changes, and not at all for a heartbeat", async () => {
    const [element] = await put(2);
    await stage.clock.pass(10_000);
    stage.server.heartbeat();
    await stage.clock.pass(10_000);
    expect(asked).to.have.length(1);
    for (const seq of [4, 5, 6]) await push(seq);
    await stage.clock.pass(1_400);
    expect(asked).to.have.length(1);
    await stage.clock.pass(200);
    expect(asked).to.have.length(2);
    expect(textOf(element)).to.equal("2 a of acme");
    await push(7);
    await stage.clock.pass(3_000);
    // Not more often than every five seconds.
    expect(asked).to.have.length(2);
    await stage.clock.pass(2_100);
    expect(asked).to.have.length(3);
  });

  it("are asked again while the credits change all the time, at their pace and no faster", async () => {
    await put(3);
    for (let seq = 4; seq < 64; seq += 1) {
      await push(seq);
      await stage.clock.pass(1_000);
    }
    expect(asked.length).to.be.within(8, 13);
  });

  it("ask once more when the credits changed while an answer was on its way, however long that takes", async () => {
    const [element] = await put();
    isHolding = true;
    await push(4);
    await stage.clock.pass(6_000);
    expect(held).to.have.length(1);
    for (const seq of [5, 6, 7]) {
      await push(seq);
      await stage.clock.pass(2_000);
    }
    // A question that waits for its answer is not asked again beside it.
    expect(held).to.have.length(1);
    isHolding = false;
    held[0]?.();
    await stage.rest();
    expect(textOf(element)).to.equal("2 a of acme");
    await stage.clock.pass(5_100);
    expect(textOf(element)).to.equal("3 a of acme");
    await stage.clock.pass(60_000);
    expect(asked).to.have.length(3);
  });

  it("try a few times when it fails, wait as long as the server says, and then leave it to the person", async () => {
    stage.server.answer = ({ pathname }) => {
      if (pathname !== "/widget/x") return undefined;
      asked.push("");
      return Promise.resolve(problem({ status: 429, code: "rate_limited", retryAfterS: 7 }));
    };
    const [element] = await put();
    expect(element?.state).to.include({
      type: "error",
      code: "rate_limited",
      retryable: true,
      requestId: "req_1",
    });
    await stage.clock.pass(6_900);
    expect(asked).to.have.length(1);
    await stage.clock.pass(200);
    expect(asked).to.have.length(2);
    await stage.clock.pass(600_000);
    expect(asked).to.have.length(4);
    expect(element?.told).to.deep.equal(["rate_limited"]);
    element?.retry();
    await stage.rest();
    expect(asked).to.have.length(5);
  });

  it("keep what they show when a later answer fails, and say how old it is", async () => {
    const [element] = await put();
    const { answer } = stage.server;
    stage.server.answer = ({ pathname }) =>
      pathname === "/widget/x" ? Promise.resolve(problem({ status: 503, code: "overloaded" })) : undefined;
    await push(4);
    await stage.clock.pass(6_000);
    expect(textOf(element)).to.equal("1 a of acme");
    expect(element?.state).to.have.property("stale").that.includes({ retryable: true });
    stage.server.answer = answer;
    element?.retry();
    await stage.rest();
    expect(textOf(element)).to.equal("2 a of acme");
    expect(element?.state).to.have.property("stale", undefined);
  });

  it("show nothing of an earlier customer, from the moment on at which the session is another's", async () => {
    const [element] = await put();
    expect(textOf(element)).to.equal("1 a of acme");
    isHolding = true;
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    // The session is renewed at 80 % of its ten minutes.
    await stage.clock.pass(481_000);
    expect(textOf(element)).to.equal("loading");
    for (const letGo of held) letGo();
    isHolding = false;
    await stage.clock.pass(10_000);
    expect(textOf(element)).to.match(/of bolt$/);
  });

  it("discard the answer to a question of an earlier customer's session", async () => {
    const [element] = await put();
    isHolding = true;
    await push(4);
    await stage.clock.pass(6_000);
    expect(held).to.have.length(1);
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    await stage.clock.pass(476_000);
    expect(textOf(element)).to.equal("loading");
    held[0]?.();
    await stage.rest();
    expect(textOf(element)).to.equal("loading");
    for (const letGo of held) letGo();
    isHolding = false;
    await stage.clock.pass(10_000);
    expect(textOf(element)).to.match(/of bolt$/);
  });

  it("show nothing of the last customer when the page names another", async () => {
    const [element] = await put();
    isHolding = true;
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    if (element) element.customer = "bolt";
    await stage.rest();
    expect(textOf(element)).to.equal("loading");
    for (const letGo of held) letGo();
    await stage.rest();
    expect(textOf(element)).to.match(/of bolt$/);
  });

  it("keep showing the last answer, dimmed, while another question is on its way, and take the latest", async () => {
    const [element] = await put();
    isHolding = true;
    if (element) element.ask = "b";
    await stage.rest();
    expect(textOf(element)).to.equal("1 a of acme");
    expect(element?.state).to.have.property("refreshing", true);
    if (element) element.ask = "c";
    await stage.rest();
    const [ofB, ofC] = held;
    ofC?.();
    await settle();
    ofB?.();
    await stage.rest();
    expect(textOf(element)).to.equal("3 c of acme");
    expect(element?.told).to.deep.equal(["loaded"]);
  });

  it("leave no timer and no question behind", async () => {
    await put(3);
    await push(4);
    await stage.put("");
    await stage.clock.pass(60_000);
    expect(asked).to.have.length(1);
    expect(stage.clock.running).to.equal(0);
  });

  it("show data of the page's own without a session", async () => {
    const place = await stage.put("<test-data></test-data>");
    const element = place.querySelector<TestData>("test-data");
    if (element) element.state = { type: "loaded", data: { text: "mine" } };
    await stage.clock.pass(4_000);
    expect(textOf(element ?? undefined)).to.equal("mine");
  });
});
