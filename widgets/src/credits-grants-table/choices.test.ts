import { expect } from "@open-wc/testing";
import { grantOf, grantsOf, someGrants } from "../testing/grants.ts";
import { FakeGrants, putGrants } from "../testing/grants-scene.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import type { GrantsTableChoice } from "./credits-grants-table.events.ts";
import type { CreditsGrantsTable } from "./credits-grants-table.ts";

const SESSION = 'session-url="/session"';

describe("people choose", () => {
  let stage: Stage;
  let server: FakeGrants;
  let chosen: GrantsTableChoice[];
  beforeEach(() => {
    stage = new Stage();
    server = new FakeGrants(stage);
    chosen = [];
  });
  afterEach(() => stage.strike());

  const put = async (attributes = "") => {
    const element = await putGrants(stage, `${SESSION} ${attributes}`);
    element.addEventListener("credits-grants-table-change", ({ detail }) => chosen.push(detail));
    return element;
  };
  const pick = async (element: CreditsGrantsTable, part: string, index: number) => {
    const field = partOf(element, part);
    if (!(field instanceof HTMLSelectElement)) throw new Error(`no ${part}`);
    field.focus();
    field.selectedIndex = index;
    field.dispatchEvent(new Event("change"));
    await stage.rest();
    expect(element.shadowRoot?.activeElement).to.equal(field);
  };
  const press = async (element: CreditsGrantsTable, part: string, index = 0) => {
    const button = element.shadowRoot?.querySelectorAll<HTMLElement>(`[part=${part}]`)[index];
    button?.focus();
    button?.click();
    await stage.rest();
    expect(element.shadowRoot?.activeElement).to.equal(button);
  };
  const sorted = (element: CreditsGrantsTable) =>
    [...(element.shadowRoot?.querySelectorAll("[aria-sort]") ?? [])].map(
      (head) => `${head.textContent?.replace(/[↑↓\s]/g, "")} ${head.getAttribute("aria-sort")}`,
    );

  it("an order by a column's name: one way, the other, and none", async () => {
    const element = await put();
    expect(server.last).to.equal("sort=-createdAt&limit=10");
    for (const [order, head] of [
      ["expiresAt", ["Expires ascending"]],
      ["-expiresAt", ["Expires descending"]],
      ["-createdAt", []],
    ] as const) {
      await press(element, "sort-button", 3);
      expect(server.last).to.equal(`sort=${order}&limit=10`);
      expect(sorted(element)).to.deep.equal(head);
      expect(element.sort).to.equal(order);
    }
  });

  it("an order where rows are cards, too", async () => {
    const element = await put();
    element.style.width = "340px";
    expect(partOf(element, "sort-button")?.checkVisibility({ checkVisibilityCSS: true })).to.equal(true);
    await press(element, "sort-button", 0);
    expect(server.last).to.equal("sort=-amount&limit=10");
  });

  it("a status and a kind, and hear once how many there are", async () => {
    const element = await put();
    await press(element, "filters-button");
    const status = () => element.shadowRoot?.querySelector("[role=status]")?.textContent;
    expect(status()).to.equal("");
    await pick(element, "status-filter", 4);
    expect(server.last).to.equal("status=frozen&sort=-createdAt&limit=10");
    expect(status()).to.equal("Grants shown: 8");
    await pick(element, "category-filter", 1);
    expect(server.last).to.equal("status=frozen&category=paid&sort=-createdAt&limit=10");
    expect(chosen.at(-1)).to.deep.equal({
      ...{ status: "frozen", category: "paid", sort: "-createdAt", pageSize: 10 },
      ...{ actor: undefined, source: undefined, dateField: undefined, from: undefined, to: undefined },
      groupBy: undefined,
    });
    await pick(element, "status-filter", 0);
    expect(server.last).to.equal("category=paid&sort=-createdAt&limit=10");
  });

  it("who granted, from where and when, in a form that opens", async () => {
    const element = await put();
    expect(partOf(element, "filters-button")?.getAttribute("aria-expanded")).to.equal("false");
    await press(element, "filters-button");
    expect(partOf(element, "filters-button")?.getAttribute("aria-expanded")).to.equal("true");
    await pick(element, "actor-filter", 2);
    await pick(element, "source-filter", 4);
    expect(server.last).to.equal("actor=host&source=plan&sort=-createdAt&limit=10");
    await pick(element, "date-field", 2);
    const [from, to] = element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? [];
    for (const [field, value] of [
      [from, "2026-03-01"],
      [to, "2026-03-31"],
    ] as const) {
      if (!field) throw new Error("no date");
      field.value = value;
      field.dispatchEvent(new Event("change"));
      await stage.rest();
    }
    expect(server.last).to.contain("expiresFrom=2026-03-01T00%3A00%3A00.000Z");
    expect(server.last).to.contain("expiresTo=2026-04-01T00%3A00%3A00.000Z");
    expect(textOf(element, "filters-button")).to.equal("Filter and group · 4");
    await press(element, "clear-button");
    expect(server.last).to.equal("sort=-createdAt&limit=10");
    expect(from?.value).to.equal("");
  });

  it("days of the element's zone, as a page sets them, too", async () => {
    await put('from="2026-03-29" to="2026-03-29" date-field="effectiveAt" time-zone="Europe/Berlin"');
    // Putting an attribute twice keeps the first, which is UTC.
    expect(server.last).to.contain("effectiveFrom=2026-03-29T00%3A00%3A00.000Z");
    const element = await put('from="2026-03-29" to="2026-03-29"');
    element.timeZone = "Europe/Berlin";
    await stage.rest();
    expect(server.last).to.contain("from=2026-03-28T23%3A00%3A00.000Z&to=2026-03-29T22%3A00%3A00.000Z");
  });

  it("groups, with what is left of each, and never the sum of two types", async () => {
    const images = grantOf({ id: "gr_20", creditTypeId: "images", amount: "0.1", remaining: "0.1" });
    server.grants = grantsOf([
      grantOf({ amount: "0.2", remaining: "0.1" }),
      grantOf({ amount: "0.1" }),
      images,
    ]);
    const element = await put();
    await press(element, "filters-button");
    await pick(element, "group-by", 2);
    const groups = [...(element.shadowRoot?.querySelectorAll("[part=group]") ?? [])];
    const words = groups.map((group) => group.textContent?.replace(/\s+/g, " ").trim());
    expect(words).to.deep.equal(["Paid Grants: 3 240.1 / 0.3 tokens · 0.1 / 0.1"]);
    expect(textOf(element, "covers")).to.contain("on every page");
    await pick(element, "group-by", 4);
    expect(textOf(element, "group")).to.equal("AI Tokens Grants: 2 240.1 / 0.3 tokens");
  });

  it("grants by their host, in words and not by the name of an interface", async () => {
    server.grants = grantsOf([grantOf({ source: { kind: "api", id: null } }), grantOf()]);
    const element = await put();
    await press(element, "filters-button");
    await pick(element, "group-by", 3);
    const groups = [...(element.shadowRoot?.querySelectorAll("[part=group]") ?? [])];
    const words = groups.map((group) => group.textContent?.trim().split(/\s+/, 1).join());
    expect(words).to.deep.equal(["Provider", "Top-up"]);
    await pick(element, "source-filter", 6);
    expect(server.last).to.equal("source=api&sort=-createdAt&limit=10");
    const field = partOf(element, "source-filter");
    expect(field instanceof HTMLSelectElement && field.selectedOptions[0]?.label).to.equal("Provider");
  });

  it("pages there and back, from the first one again in another list", async () => {
    server.grants = grantsOf(someGrants(), { nextCursor: "n1" });
    const element = await put();
    server.grants = grantsOf(someGrants(), { prevCursor: "p2" });
    await press(element, "page-button", 1);
    expect(server.last).to.equal("sort=-createdAt&limit=10&cursor=n1");
    expect(textOf(element, "pages")).to.contain("Page 2");
    // There is no further page: the button stays, and does nothing.
    const asked = server.asked.length;
    await press(element, "page-button", 1);
    expect(server.asked).to.have.length(asked);
    await pick(element, "page-size", 1);
    expect(server.last).to.equal("sort=-createdAt&limit=25");
    server.grants = grantsOf(someGrants(), { prevCursor: "p3", nextCursor: "n3" });
    element.status = "frozen";
    await stage.rest();
    await press(element, "page-button", 1);
    await press(element, "page-button", 1);
    await press(element, "page-button", 0);
    expect(server.last).to.equal("status=frozen&sort=-createdAt&limit=25&cursor=p3");
    element.status = "active";
    await stage.rest();
    expect(server.last).to.equal("status=active&sort=-createdAt&limit=25");
  });

  it("a row, only where the page wants to know", async () => {
    const element = await put();
    expect(hasPart(element, "select-button")).to.equal(false);
    const selected: string[] = [];
    element.addEventListener("credits-grant-select", ({ detail }) => selected.push(detail.grant.id));
    element.selectable = true;
    await stage.rest();
    await press(element, "select-button", 1);
    expect(selected).to.deep.equal(["gr_2"]);
  });

  it("nothing that the page's words break", async () => {
    await put('sort="color" status="happy" category="x" page-size="7"');
    expect(server.last).to.equal("sort=-createdAt&limit=10");
  });

  describe("a file", () => {
    const saved: { name: string; blob: Blob }[] = [];
    const { click } = HTMLAnchorElement.prototype;
    const { createObjectURL } = URL;
    beforeEach(() => {
      saved.length = 0;
      let last = new Blob();
      URL.createObjectURL = (blob) => {
        if (blob instanceof Blob) last = blob;
        return "blob:x";
      };
      HTMLAnchorElement.prototype.click = function () {
        saved.push({ name: this.download, blob: last });
      };
    });
    afterEach(() => {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    });

    it("of all that match", async () => {
      const element = await put('status="active" credit-type="tokens" page-size="25"');
      await press(element, "export-button");
      await stage.rest();
      expect(server.filesAsked.map(String)).to.deep.equal(["creditTypeId=tokens&status=active"]);
      expect(saved.map(({ name }) => name)).to.deep.equal(["grants.csv"]);
      expect(await saved[0]?.blob.text()).to.contain("gr_1");
    });

    it("once at a time, and not after the customer changed", async () => {
      let answer: ((response: Response) => void) | undefined;
      server.csv = () => new Promise((resolve) => (answer = resolve));
      const element = await put();
      await press(element, "export-button");
      await press(element, "export-button");
      expect(server.filesAsked).to.have.length(1);
      stage.server.customer = "bolt";
      element.customer = "bolt";
      await stage.rest();
      answer?.(new Response("acme's", { headers: { "content-type": "text/csv" } }));
      await stage.rest();
      expect(saved).to.deep.equal([]);
      expect(partOf(element, "export-button")?.getAttribute("aria-disabled")).to.equal("false");
    });

    it("that fails with a word, and works the next time", async () => {
      const { csv } = server;
      server.csv = () => Promise.resolve(new Response("", { status: 500 }));
      const element = await put();
      await press(element, "export-button");
      expect(textOf(element, "notice")).to.contain("The file could not be made");
      server.csv = csv;
      await press(element, "export-button");
      expect(hasPart(element, "notice")).to.equal(false);
      expect(saved).to.have.length(1);
    });
  });

  it("in their own language", async () => {
    const element = await put('lang="de"');
    await stage.clock.passUntil("German", () => textOf(element, "title") === "Gutschriften");
    expect(textOf(element, "status")).to.equal("Aktiv");
  });
});
