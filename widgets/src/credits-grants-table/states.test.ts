import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { grantOf, grantsOf, purchaseOf, someGrants } from "../testing/grants.ts";
import { FakeGrants, putGrants } from "../testing/grants-scene.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import type { CreditsGrantsTable } from "./credits-grants-table.ts";

const SESSION = 'session-url="/session"';

/** What stands in the cells of each row. */
function rowsOf(element: CreditsGrantsTable): string[][] {
  const rows = [...(element.shadowRoot?.querySelectorAll("tbody tr") ?? [])];
  const words = (cell: Element) => (cell.textContent ?? "").replace(/\s+/g, " ").trim();
  return rows.map((row) => [...row.children].map(words));
}

describe("credits-grants-table shows", () => {
  let stage: Stage;
  let server: FakeGrants;
  beforeEach(() => {
    stage = new Stage();
    server = new FakeGrants(stage);
  });
  afterEach(() => stage.strike());

  it("how much of what, what is left, from where, and from when to when", async () => {
    const rows = rowsOf(await putGrants(stage, SESSION));
    expect(rows[0]).to.deep.equal([
      "500 tokens Top-up",
      "240 / 500 · 40 held",
      ...["Active", "Receipt By ada", "Mar 1, 2026", "Mar 1, 2027", "50"],
    ]);
    expect(rows[1]?.slice(2)).to.deep.equal(["Expiring soon", "Provider", "Mar 3, 2026", "in 6 days", "20"]);
    expect(rows.map(([, , status]) => status).slice(2)).to.deep.equal([
      ...["Unpaid", "Frozen", "Used up", "Scheduled", "Expired", "Withdrawn"],
    ]);
  });

  it("credits that wait for money as locked, with the way to pay and the reason", async () => {
    server.grants = grantsOf([someGrants()[2] ?? grantOf()]);
    const element = await putGrants(stage, SESSION);
    const locked = ["250 tokens Invoice · Campaign in March", "Locked until paid", "Unpaid", "Pay Your team"];
    expect(rowsOf(element)[0]?.slice(0, 4)).to.deep.equal(locked);
    expect(partOf(element, "link")?.getAttribute("href")).to.equal("https://pay.example/invoice");
    expect(hasPart(element, "bar")).to.equal(false);
  });

  it("names of others as text, kinds that every object knows too, and no link to a script", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const purchase = purchaseOf({ receiptUrl: "javascript:alert(1)" });
    const source = { kind: "toString", id: null };
    const actor = { kind: "customer", userId: hostile } as const;
    server.grants = grantsOf([grantOf({ reason: hostile, resourceId: hostile, source, actor, purchase })]);
    const element = await putGrants(stage, SESSION);
    expect(rowsOf(element)[0]?.[0]).to.equal(`500 tokens Paid · ${hostile} · ${hostile}`);
    expect(rowsOf(element)[0]?.[3]).to.equal(`By ${hostile}`);
    expect(element.shadowRoot?.querySelector("img, a")).to.equal(null);
  });

  it("the moment itself in the title of a day", async () => {
    const element = await putGrants(stage, SESSION);
    const times = [...(element.shadowRoot?.querySelectorAll("time") ?? [])];
    expect(times[3]?.title).to.equal("March 18, 2026 at 9:30 PM");
  });

  for (const width of [340, 1100]) {
    it(`a skeleton of the final size, ${width} px wide`, async () => {
      const element = await putGrants(stage, SESSION, { state: { type: "loading" } });
      element.style.width = `${width}px`;
      element.state = { type: "loading" };
      await element.updateComplete;
      const { height } = element.getBoundingClientRect();
      const purchase = purchaseOf();
      element.state = {
        type: "loaded",
        data: grantsOf(Array.from({ length: 5 }, () => grantOf({ purchase }))),
      };
      await element.updateComplete;
      expect(element.getBoundingClientRect().height).to.be.closeTo(height, 8);
    });
  }

  it("that there is nothing yet, without anything to filter", async () => {
    server.grants = grantsOf([]);
    const element = await putGrants(stage, SESSION);
    expect(textOf(element, "message")).to.contain("No credits yet");
    expect(hasPart(element, "status-filter")).to.equal(false);
  });

  it("that none match, with the way back", async () => {
    server.grants = grantsOf([]);
    const element = await putGrants(stage, `${SESSION} status="frozen"`);
    expect(textOf(element, "message")).to.contain("No grants match");
    expect(hasPart(element, "status-filter")).to.equal(true);
  });

  it("an error with a retry, and the grants when that works", async () => {
    const events: string[] = [];
    const note = ({ type }: Event) => events.push(type);
    for (const name of ["load", "error"]) document.addEventListener(`credits-grants-table-${name}`, note);
    stage.server.fault = { status: 500, code: "internal" };
    const element = await putGrants(stage, SESSION);
    expect(textOf(element, "message")).to.contain("Your grants could not be loaded").and.to.contain("req_1");
    stage.server.fault = undefined;
    partOf(element, "retry-button")?.click();
    await stage.clock.pass(1_000);
    expect(rowsOf(element)).to.have.length(8);
    expect(events).to.deep.equal(["credits-grants-table-error", "credits-grants-table-load"]);
    for (const name of ["load", "error"]) document.removeEventListener(`credits-grants-table-${name}`, note);
  });

  it("no permission, and nothing else", async () => {
    const element = await putGrants(stage, SESSION);
    expect(rowsOf(element)).to.have.length(8);
    stage.server.fault = { status: 403, code: "insufficient_scope" };
    stage.server.push(poolOf({ seq: 4 }));
    await stage.clock.pass(6_000);
    expect(textOf(element, "message")).to.contain("You do not have access to these grants");
    expect(hasPart(element, "row") || hasPart(element, "controls")).to.equal(false);
    expect(element.shadowRoot?.textContent).not.to.contain("ada");
  });

  it("nothing of an earlier customer, whose page is not asked for again", async () => {
    server.grants = grantsOf(someGrants(), { nextCursor: "secret" });
    const element = await putGrants(stage, SESSION);
    partOf(element, "pages")?.querySelectorAll("button")[1]?.click();
    await stage.rest();
    expect(server.last).to.contain("cursor=secret");
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    const asked = server.asked.length;
    const { answer } = stage.server;
    stage.server.answer = (url, init) => {
      void answer?.(url, init);
      return /grants/.test(url.pathname) ? new Promise(() => undefined) : undefined;
    };
    await stage.clock.pass(481_000);
    expect(element.state.type).to.equal("loading");
    expect(element.shadowRoot?.textContent).not.to.contain("500");
    expect(server.asked.length).to.be.above(asked);
    expect(server.last).not.to.contain("cursor");
  });

  it("the same in fifty tables with one question", async () => {
    await stage.put("");
    await stage.put(`<credits-grants-table ${SESSION}></credits-grants-table>`.repeat(50));
    expect(server.asked).to.have.length(1);
    expect([stage.server.sessionsMinted, stage.server.mostStreamsAtOnce]).to.deep.equal([1, 1]);
  });
});
