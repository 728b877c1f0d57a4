import { expect } from "@open-wc/testing";
import { settle } from "../testing/fake-clock.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { Hub } from "./hub.ts";
import { SharedReads } from "./shared-reads.ts";

describe("reads that elements share", () => {
  let server: FakeServer;
  let hub: Hub;
  let reads: SharedReads<string>;
  let asked: { signal: AbortSignal; answer(text: string): void }[];
  beforeEach(async () => {
    server = new FakeServer();
    const way = async () => server.mintSession();
    hub = new Hub(
      { apiBase: "https://api.example", customer: undefined, way, isFixed: false },
      () => undefined,
    );
    reads = new SharedReads();
    asked = [];
    await hub.tokens.get();
  });

  const ask = (key = "a", signal = new AbortController().signal) =>
    reads.ask({
      ...{ hub, key, signal },
      ask: (until) => new Promise((answer) => asked.push({ signal: until, answer })),
    });

  it("are asked once, and again once they are answered", async () => {
    const answers = [ask(), ask(), ask("b")];
    expect(asked).to.have.length(2);
    asked[0]?.answer("1");
    asked[1]?.answer("2");
    expect(await Promise.all(answers)).to.deep.equal(["1", "1", "2"]);
    void ask();
    expect(asked).to.have.length(3);
  });

  it("are never those of another session, which may be another customer's", async () => {
    void ask();
    await hub.tokens.renew();
    void ask();
    expect(asked).to.have.length(2);
  });

  it("go on for the others when one no longer waits, and end with the last", async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const gone = ask("a", one.signal).catch((error: unknown) => error);
    const left = ask("a", other.signal).catch((error: unknown) => error);
    one.abort("gone");
    expect(asked[0]?.signal.aborted).to.equal(false);
    other.abort("gone, too");
    expect(asked[0]?.signal.aborted).to.equal(true);
    // Who comes now asks anew.
    void ask();
    expect(asked).to.have.length(2);
    asked[0]?.answer("late");
    await settle();
    expect(await Promise.all([gone, left])).to.deep.equal(["gone", "gone, too"]);
  });
});
