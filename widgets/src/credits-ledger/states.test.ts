import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { entryOf, IMAGES, ledgerOf, someEntries } from "../testing/ledger.ts";
import { FakeLedger, putLedger } from "../testing/ledger-scene.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import type { CreditsLedger } from "./credits-ledger.ts";

const SESSION = 'session-url="/session"';

/** What stands in the cells of each row. */
function rowsOf(element: CreditsLedger): string[][] {
  const rows = [...(element.shadowRoot?.querySelectorAll("[part=row]") ?? [])];
  const words = (cell: Element) => (cell.textContent ?? "").replace(/\s+/g, " ").trim();
  return rows.map((row) => [...row.children].map(words));
}

describe("credits-ledger shows", () => {
  let stage: Stage;
  let server: FakeLedger;
  beforeEach(() => {
    stage = new Stage();
    server = new FakeLedger(stage);
  });
  afterEach(() => stage.strike());

  it("when, what, from where, how much with its sign, the balance then, and who", async () => {
    const rows = rowsOf(await putLedger(stage, SESSION));
    expect(rows[0]).to.deep.equal([
      ...["Mar 12, 2026, 7:06 AM", "Used Image generation · ada", "Usage"],
      ...["-5", "1,240", "Provider"],
    ]);
    expect(rows.map(([, , , delta]) => delta)).to.deep.equal([
      "-5",
      "-0.25",
      "0",
      "+5",
      "+500",
      "-120",
      "+100",
    ]);
    expect(rows[4]?.slice(1, 3)).to.deep.equal(["Granted", "Top-up Receipt Grant"]);
    expect(rows[5]?.slice(1)).to.deep.equal(["Expired", "Grant", "-120", "745.25", "Automatic"]);
  });

  it("a grant that does not count yet, and not that nothing was granted", async () => {
    server.ledger = () => ledgerOf([entryOf({ type: "granted", delta: "0", feature: null, userId: null })]);
    const [row] = rowsOf(await putLedger(stage, SESSION));
    expect(row?.slice(1, 4)).to.deep.equal(["Granted for later", "Usage Grant", "0"]);
  });

  it("what a sign says by its colour, too", async () => {
    const element = await putLedger(stage, SESSION);
    const cells = [...(element.shadowRoot?.querySelectorAll("[part=delta]") ?? [])];
    const colours = new Set([0, 2, 3].map((row) => getComputedStyle(cells[row] ?? element).color));
    expect(colours.size).to.equal(3);
  });

  it("what it is about at the end of its line, where rows are cards and it takes one of its own", async () => {
    const element = await putLedger(stage, SESSION);
    const cells = [...(element.shadowRoot?.querySelectorAll(".what") ?? [])];
    for (let width = 200; width < 400; width += 10) {
      element.style.width = `${width}px`;
      for (const cell of cells) {
        const end = cell.querySelector(".lines")?.getBoundingClientRect().right;
        expect(end).to.be.closeTo(cell.getBoundingClientRect().right, 1);
      }
    }
  });

  it("figures with their unit where there are several types of credits, and balances that are below zero", async () => {
    const entry = entryOf({ creditTypeId: "images", delta: "-1", endBalance: "-3" });
    server.ledger = () => ledgerOf([entry], { creditTypes: [...ledgerOf().creditTypes, IMAGES] });
    const [row] = rowsOf(await putLedger(stage, SESSION));
    expect(row?.slice(3, 5)).to.deep.equal(["-1 image", "-3"]);
  });

  it("that the provider gave credits, in words and not by the name of an interface", async () => {
    server.ledger = () => ledgerOf([entryOf({ type: "granted", source: { kind: "api", id: null } })]);
    const [row] = rowsOf(await putLedger(stage, SESSION));
    expect(row?.[2]).to.equal("Provider Grant");
  });

  it("names of others as text, kinds that every object knows too, and no link to a script", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const feature = { id: "__proto__", label: hostile };
    const source = { kind: "toString", id: null };
    const actor = { kind: "customer", userId: hostile } as const;
    server.ledger = () =>
      ledgerOf([entryOf({ feature, source, actor, userId: "__proto__", resourceId: hostile })]);
    for (const group of ["", "feature", "source", "user"]) {
      const element = await putLedger(stage, `${SESSION} group-by="${group}"`);
      const words = rowsOf(element)[0]?.join(" ");
      expect(words).to.contain(`${hostile} · ${hostile} · __proto__`).and.to.contain("toString");
      expect(element.shadowRoot?.querySelector("img, a")).to.equal(null);
    }
  });

  for (const width of [340, 1100]) {
    it(`a skeleton of the final size, ${width} px wide`, async () => {
      const element = await putLedger(stage, SESSION, { state: { type: "loading" } });
      element.style.width = `${width}px`;
      element.state = { type: "loading" };
      await element.updateComplete;
      const { height } = element.getBoundingClientRect();
      element.state = { type: "loaded", data: ledgerOf(Array.from({ length: 5 }, () => entryOf())) };
      await element.updateComplete;
      expect(element.getBoundingClientRect().height).to.be.closeTo(height, 8);
    });
  }

  it("that there is nothing yet, without anything to filter", async () => {
    server.ledger = () => ledgerOf([]);
    const element = await putLedger(stage, SESSION);
    expect(textOf(element, "message")).to.contain("No credits yet");
    expect(hasPart(element, "type-filter")).to.equal(false);
  });

  it("an error with a retry, and the entries when that works", async () => {
    const events: string[] = [];
    const note = ({ type }: Event) => events.push(type);
    for (const name of ["load", "error"]) document.addEventListener(`credits-ledger-${name}`, note);
    stage.server.fault = { status: 503, code: "unavailable" };
    const element = await putLedger(stage, SESSION);
    expect(textOf(element, "message")).to.contain("Your ledger could not be loaded");
    stage.server.fault = undefined;
    partOf(element, "retry-button")?.click();
    await stage.clock.pass(1_000);
    expect(rowsOf(element)).to.have.length(7);
    expect(events).to.deep.equal(["credits-ledger-error", "credits-ledger-load"]);
    for (const name of ["load", "error"]) document.removeEventListener(`credits-ledger-${name}`, note);
  });

  it("no permission, and nothing else", async () => {
    const element = await putLedger(stage, SESSION);
    stage.server.fault = { status: 403, code: "insufficient_scope" };
    stage.server.push(poolOf({ seq: 4 }));
    await stage.clock.pass(6_000);
    expect(textOf(element, "message")).to.contain("You do not have access to this ledger");
    expect(hasPart(element, "row") || hasPart(element, "controls")).to.equal(false);
  });

  it("nothing of an earlier customer: no page, no filter, no name, no open form", async () => {
    server.ledger = ({ size }) =>
      ledgerOf(someEntries(), {
        nextCursor: "secret",
        groups: size
          ? [{ key: "ada", label: "ada", entries: 2, delta: "-5", credited: "0", debited: "5" }]
          : [],
      });
    const element = await putLedger(stage, `${SESSION} type="consumed"`);
    partOf(element, "filters-button")?.click();
    await stage.rest();
    const field = element.shadowRoot?.querySelector("input[type=search]");
    if (!(field instanceof HTMLInputElement)) throw new Error("no field");
    expect(element.shadowRoot?.querySelector("datalist option")).not.to.equal(null);
    field.value = "ada";
    field.dispatchEvent(new Event("change"));
    await stage.rest();
    partOf(element, "pages")?.querySelectorAll("button")[1]?.click();
    await stage.rest();
    expect(server.last).to.contain("userId=ada").and.to.contain("cursor=secret");
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    stage.server.answer = (url) => {
      if (!/ledger/.test(url.pathname)) return undefined;
      server.asked.push(url.searchParams);
      return new Promise(() => undefined);
    };
    await stage.clock.pass(481_000);
    expect(element.state.type).to.equal("loading");
    expect(server.last).to.equal("type=consumed&limit=10");
    expect([element.user, element.type]).to.deep.equal([undefined, "consumed"]);
    expect(hasPart(element, "filters")).to.equal(false);
    expect(element.shadowRoot?.textContent).not.to.contain("ada");
  });

  it("nothing of an earlier customer but what its page has set since", async () => {
    const element = await putLedger(stage, `${SESSION} customer="acme"`);
    partOf(element, "grant-button")?.click();
    await stage.rest();
    expect(element.grant).to.equal("gr_9");
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    element.customer = "bolt";
    element.grant = "gr_5";
    await stage.rest();
    expect(element.grant).to.equal("gr_5");
    expect(server.last).to.equal("grantId=gr_5&limit=10");
  });

  it("what somebody chose, still, after it was elsewhere on the page", async () => {
    const element = await putLedger(stage, SESSION);
    partOf(element, "grant-button")?.click();
    await stage.rest();
    const { parentElement: place } = element;
    element.remove();
    await stage.clock.pass(1_000);
    place?.append(element);
    await stage.rest();
    expect(element.grant).to.equal("gr_9");
    expect(server.last).to.equal("grantId=gr_9&limit=10");
  });

  it("nothing instead of too much while dates that a page sets are not understood", async () => {
    const element = await putLedger(stage, SESSION);
    let isThere = false;
    const load: unknown = Reflect.get(element, "loadRefinement");
    Reflect.set(element, "loadRefinement", () =>
      isThere && typeof load === "function"
        ? Promise.resolve(Reflect.apply(load, element, []))
        : Promise.reject(new Error("no network")),
    );
    element.from = "2026-03-01";
    await element.updateComplete;
    expect([rowsOf(element).length, hasPart(element, "skeleton")]).to.deep.equal([0, true]);
    await stage.rest();
    expect([rowsOf(element).length, textOf(element, "message")?.slice(0, 31)]).to.deep.equal([
      0,
      "Your ledger could not be loaded",
    ]);
    partOf(element, "export-button")?.click();
    await stage.rest();
    expect(server.filesAsked).to.deep.equal([]);
    isThere = true;
    partOf(element, "retry-button")?.click();
    await stage.rest();
    expect(server.last).to.contain("from=2026-03-01T");
    expect(rowsOf(element)).to.have.length(7);
    partOf(element, "export-button")?.click();
    await stage.rest();
    expect(server.filesAsked.map(String)[0]).to.contain("from=2026-03-01T");
  });

  it("the same in fifty ledgers with one question", async () => {
    await stage.put("");
    await stage.put(`<credits-ledger ${SESSION}></credits-ledger>`.repeat(50));
    expect(server.asked).to.have.length(1);
    expect([stage.server.sessionsMinted, stage.server.mostStreamsAtOnce]).to.deep.equal([1, 1]);
  });

  it("a hundred entries on a page", async () => {
    const page = Array.from({ length: 100 }, (_, seq) => entryOf({ seq }));
    server.ledger = () => ledgerOf(page, { nextCursor: "next" });
    const element = await putLedger(stage, `${SESSION} page-size="100"`);
    expect(server.last).to.equal("limit=100");
    expect(rowsOf(element)).to.have.length(100);
  });
});
