import { expect } from "@open-wc/testing";
import type { WidgetLedger } from "@credits-kit/client/widget";
import { entryOf, IMAGES, ledgerOf, someEntries } from "../testing/ledger.ts";
import { FakeLedger, putLedger } from "../testing/ledger-scene.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import type { LedgerChoice } from "./credits-ledger.events.ts";
import type { CreditsLedger } from "./credits-ledger.ts";

const SESSION = 'session-url="/session"';

type Groups = NonNullable<WidgetLedger["groups"]>;

const sum = (key: string | null, delta: string, change: Partial<Groups[number]> = {}): Groups[number] => ({
  ...{ key, label: key, entries: 12, delta, credited: "0", debited: delta.replace("-", ""), ...change },
});

describe("people choose in a ledger", () => {
  let stage: Stage;
  let server: FakeLedger;
  let chosen: LedgerChoice[];
  beforeEach(() => {
    stage = new Stage();
    server = new FakeLedger(stage);
    chosen = [];
  });
  afterEach(() => stage.strike());

  const put = async (attributes = "") => {
    const element = await putLedger(stage, `${SESSION} ${attributes}`);
    element.addEventListener("credits-ledger-change", ({ detail }) => chosen.push(detail));
    return element;
  };
  const pick = async (element: CreditsLedger, part: string, index: number) => {
    const field = partOf(element, part);
    if (!(field instanceof HTMLSelectElement)) throw new Error(`no ${part}`);
    field.focus();
    field.selectedIndex = index;
    field.dispatchEvent(new Event("change"));
    await stage.rest();
    expect(element.shadowRoot?.activeElement).to.equal(field);
  };
  const press = async (element: CreditsLedger, part: string, index = 0) => {
    const button = element.shadowRoot?.querySelectorAll<HTMLElement>(`[part=${part}]`)[index];
    button?.focus();
    button?.click();
    await stage.rest();
    expect(element.shadowRoot?.activeElement ?? null).not.to.equal(null);
  };
  const typeUser = async (element: CreditsLedger, text: string) => {
    const field = partOf(element, "user-filter");
    if (!(field instanceof HTMLInputElement)) throw new Error("no field");
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("change"));
    await stage.rest();
    return field;
  };
  const groupsOf = (element: CreditsLedger) =>
    [...(element.shadowRoot?.querySelectorAll("[part=group]") ?? [])].map((group) =>
      group.textContent?.replace(/\s+/g, " ").trim(),
    );
  /** The questions of the list itself, not those of the form. */
  const listed = () => server.asked.filter((query) => query.get("limit") !== "1").map(String);

  it("a type, and hear once how many entries there are", async () => {
    const element = await put();
    expect(server.last).to.equal("limit=10");
    await pick(element, "type-filter", 3);
    expect(server.last).to.equal("type=consumed&limit=10");
    expect(chosen.at(-1)?.type).to.equal("consumed");
    expect(element.shadowRoot?.querySelector("[role=status]")?.textContent).to.equal("Entries shown: 2");
  });

  it("a source, a feature and a user that the ledger knows, and days, in a form that opens", async () => {
    const known: Record<string, Groups> = {
      source: [sum("event", "-5"), sum("__proto__", "-1")],
      feature: [sum("image", "-5", { label: "Image generation" }), sum(null, "3")],
      user: [sum("ada", "-5"), sum("bob", "-1")],
    };
    server.ledger = (query) => ledgerOf(someEntries(), { groups: known[query.get("groupBy") ?? ""] ?? [] });
    const element = await put();
    expect(server.asked).to.have.length(1);
    await press(element, "filters-button");
    const options = (part: string) =>
      [...(partOf(element, part)?.querySelectorAll("option") ?? [])].map(({ text }) => text);
    expect(options("source-filter")).to.deep.equal(["All sources", "Usage", "__proto__"]);
    expect(options("feature-filter")).to.deep.equal(["All features", "Image generation"]);
    expect([...(element.shadowRoot?.querySelectorAll("datalist option") ?? [])]).to.have.length(2);
    await pick(element, "source-filter", 1);
    await pick(element, "feature-filter", 1);
    expect(listed().at(-1)).to.equal("source=event&featureId=image&limit=10");
    const [from] = element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? [];
    if (!from) throw new Error("no date");
    from.value = "2026-03-01";
    from.dispatchEvent(new Event("change"));
    await stage.rest();
    expect(listed().at(-1)).to.contain("from=2026-03-01T00%3A00%3A00.000Z");
    await press(element, "clear-button");
    expect(listed().at(-1)).to.equal("limit=10");
  });

  it("groups with subtotals of all that matches, and what is not on this page", async () => {
    const groups = [
      sum("consumed", "-340", { credited: "0", debited: "340" }),
      sum("granted", "590", { credited: "600", debited: "10" }),
      sum("frozen", "-2"),
    ];
    server.ledger = (query) =>
      ledgerOf(someEntries(), query.has("groupBy") ? { groups, nextCursor: "n" } : {});
    const element = await put();
    await press(element, "filters-button");
    await pick(element, "group-by", 2);
    expect(listed().at(-1)).to.equal("groupBy=type&limit=10");
    expect(groupsOf(element)).to.deep.equal([
      "Used Entries: 12 -340 tokens",
      // Of groups beyond those that the API sums up nothing is known but what is on this page.
      ...["Held", "Taken back"],
      "Granted Entries: 12 · +600 / -10 +590 tokens",
      "Expired",
      "Frozen Entries: 12 -2 tokens",
    ]);
    expect(textOf(element, "covers")).to.equal("Subtotals are of all rows that match, on every page.");
    await press(element, "group-button", 3);
    expect(listed().at(-1)).to.equal("type=granted&groupBy=type&limit=10");
  });

  it("days, as the element's zone has them", async () => {
    server.ledger = () =>
      ledgerOf([entryOf({ at: "2026-03-01T23:30:00Z" }), entryOf({ at: "2026-03-01T12:00:00Z" })]);
    const element = await put('group-by="day"');
    expect(groupsOf(element)).to.deep.equal(["Mar 1, 2026 Entries: 2 -10 tokens"]);
    element.timeZone = "Europe/Berlin";
    await stage.rest();
    expect(server.last).to.equal("groupBy=day&timeZone=Europe%2FBerlin&limit=10");
    expect(groupsOf(element)).to.deep.equal([
      "Mar 2, 2026 Entries: 1 -5 tokens",
      "Mar 1, 2026 Entries: 1 -5 tokens",
    ]);
    await press(element, "group-button");
    expect(server.last).to.contain("from=2026-03-01T23%3A00%3A00.000Z&to=2026-03-02T23%3A00%3A00.000Z");
  });

  it("groups of several types of credits, exact, of this page alone", async () => {
    const entries = [
      entryOf({ delta: "-0.1" }),
      entryOf({ delta: "-0.2" }),
      entryOf({ delta: "-1", creditTypeId: "images" }),
    ];
    server.ledger = () =>
      ledgerOf(entries, {
        creditTypes: [...ledgerOf().creditTypes, IMAGES],
        groups: [sum("image", "-1.3")],
        nextCursor: "n",
      });
    const element = await put('group-by="feature"');
    expect(groupsOf(element)).to.deep.equal(["Image generation Entries: 3 -0.3 tokens · -1 image"]);
    expect(textOf(element, "covers")).to.equal("Subtotals are of the rows on this page.");
  });

  it("groups of the one type that the page shows of several, in its unit", async () => {
    server.ledger = () =>
      ledgerOf([entryOf({ delta: "-1", creditTypeId: "images" })], {
        creditTypes: [...ledgerOf().creditTypes, IMAGES],
        groups: [sum("image", "-13"), sum("email", "-1")],
      });
    const element = await put('group-by="feature" credit-type="images"');
    expect(groupsOf(element)).to.deep.equal(["image Entries: 12 -13 images", "email Entries: 12 -1 image"]);
  });

  it("groups that stay what they are until those of another choice have come", async () => {
    const byType = [sum("consumed", "-340")];
    const bySource = [sum("event", "-7")];
    server.ledger = (query) =>
      ledgerOf([entryOf()], { groups: query.get("groupBy") === "type" ? byType : bySource, nextCursor: "n" });
    const element = await put('group-by="type"');
    await press(element, "filters-button");
    const { answer } = stage.server;
    stage.server.answer = () => new Promise(() => undefined);
    await pick(element, "group-by", 3);
    expect(element.groupBy).to.equal("source");
    expect(groupsOf(element)).to.deep.equal(["Used Entries: 12 -340 tokens"]);
    await press(element, "group-button");
    expect([element.type, element.source]).to.deep.equal(["consumed", undefined]);
    stage.server.answer = answer;
    await pick(element, "type-filter", 0);
    expect(groupsOf(element)).to.deep.equal(["Usage Entries: 12 -7 tokens"]);
  });

  it("a user whose name can be one, and see what is wrong with another", async () => {
    const element = await put();
    await press(element, "filters-button");
    const asked = server.asked.length;
    const field = await typeUser(element, "ada lovelace");
    expect([element.user, field.value, field.validity.valid]).to.deep.equal([
      undefined,
      "ada lovelace",
      false,
    ]);
    expect(server.asked).to.have.length(asked);
    field.dispatchEvent(new Event("blur"));
    expect(field.value).to.equal("");
    await typeUser(element, "  auth0|a.b_c:d@e-1 ");
    expect(server.last).to.equal("userId=auth0%7Ca.b_c%3Ad%40e-1&limit=10");
    const { length } = chosen;
    await typeUser(element, "auth0|a.b_c:d@e-1 ");
    expect(chosen).to.have.length(length);
  });

  it("what the API refuses for good without asking it again and again", async () => {
    const element = await put();
    stage.server.fault = { status: 400, code: "validation_failed" };
    element.user = "ada lovelace";
    await stage.clock.pass(60_000);
    const asked = stage.server.requests.filter(({ url }) => url.includes("userId"));
    expect(asked).to.have.length(1);
    expect(hasPart(element, "retry-button")).to.equal(false);
  });

  it("a grant, which the page may show itself", async () => {
    const element = await put();
    const asked: string[] = [];
    element.addEventListener(
      "credits-grant-request",
      (event) => {
        asked.push(event.detail.grantId);
        event.preventDefault();
      },
      { once: true },
    );
    await press(element, "grant-button");
    expect([asked, element.grant]).to.deep.equal([["gr_9"], undefined]);
    await press(element, "grant-button");
    expect(server.last).to.equal("grantId=gr_9&limit=10");
    await press(element, "filters-button");
    expect(hasPart(element, "grant-filter")).to.equal(true);
    await pick(element, "grant-filter", 0);
    expect(element.grant).to.equal(undefined);
    await press(element, "filters-button");
    await press(element, "filters-button");
    expect(hasPart(element, "grant-filter")).to.equal(false);
  });

  it("nothing that the page's words break", async () => {
    await put('type="spent" group-by="colour" page-size="7" from="soon" to="2026-99-99"');
    expect(server.last).to.equal("limit=10");
  });

  it("in their own language", async () => {
    const element = await put('lang="de" group-by="type"');
    await stage.clock.passUntil("German", () => textOf(element, "title") === "Kontobuch");
    expect(textOf(element, "filters-button")).to.equal("Filtern und gruppieren");
    expect(textOf(element, "covers")).to.contain("Zwischensummen");
  });
});
