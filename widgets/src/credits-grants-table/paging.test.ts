import { expect } from "@open-wc/testing";
import { grantsOf, someGrants } from "../testing/grants.ts";
import { FakeGrants, putGrants } from "../testing/grants-scene.ts";
import { partOf, Stage, textOf } from "../testing/stage.ts";
import type { CreditsGrantsTable } from "./credits-grants-table.ts";

const SESSION = 'session-url="/session"';

describe("people turn the pages of a list", () => {
  let stage: Stage;
  let server: FakeGrants;
  beforeEach(() => {
    stage = new Stage();
    server = new FakeGrants(stage);
    server.grants = grantsOf(someGrants(), { nextCursor: "n1" });
  });
  afterEach(() => stage.strike());

  const press = async (element: CreditsGrantsTable, part: string, index = 0) => {
    element.shadowRoot?.querySelectorAll<HTMLElement>(`[part=${part}]`)[index]?.click();
    await stage.rest();
  };
  const pick = async (element: CreditsGrantsTable, part: string, index: number) => {
    const field = partOf(element, part);
    if (!(field instanceof HTMLSelectElement)) throw new Error(`no ${part}`);
    field.selectedIndex = index;
    field.dispatchEvent(new Event("change"));
    await stage.rest();
  };
  const spoken = (element: CreditsGrantsTable) =>
    element.shadowRoot?.querySelector("[role=status]")?.textContent;
  /** Holds back answers until they are released. */
  const holdBack = () => {
    const { answer } = stage.server;
    const held: (() => void)[] = [];
    stage.server.answer = (url, init) => {
      const made = answer?.(url, init);
      return made && new Promise<void>((release) => held.push(release)).then(() => made);
    };
    return async () => {
      stage.server.answer = answer;
      held.forEach((release) => release());
      await stage.rest();
    };
  };

  it("once, however often they press before the answer", async () => {
    const element = await putGrants(stage, SESSION);
    const release = holdBack();
    server.grants = grantsOf(someGrants(), { prevCursor: "p2", nextCursor: "n2" });
    await press(element, "page-button", 1);
    expect(partOf(element, "page-button")?.getAttribute("aria-disabled")).to.equal("true");
    await press(element, "page-button", 1);
    await release();
    expect(server.last).to.equal("sort=-createdAt&limit=10&cursor=n1");
    expect(textOf(element, "pages")).to.contain("Page 2");
    await press(element, "page-button", 1);
    expect(server.last).to.equal("sort=-createdAt&limit=10&cursor=n2");
  });

  it("of the list that is there, never with a place in another one", async () => {
    const element = await putGrants(stage, SESSION);
    const release = holdBack();
    await pick(element, "status-filter", 4);
    await press(element, "page-button", 1);
    await release();
    expect(server.last).to.equal("status=frozen&sort=-createdAt&limit=10");
    expect(textOf(element, "pages")).to.contain("Page 1");
  });

  it("back to the first page as it is now, with what is new", async () => {
    const element = await putGrants(stage, SESSION);
    server.grants = grantsOf(someGrants(), { prevCursor: "p2", nextCursor: "n2" });
    await press(element, "page-button", 1);
    await press(element, "page-button", 0);
    expect(server.last).to.equal("sort=-createdAt&limit=10");
    expect(textOf(element, "pages")).to.contain("Page 1");
  });

  it("and hear each time where they are, also where as many rows are on it", async () => {
    const element = await putGrants(stage, SESSION);
    server.grants = grantsOf(someGrants(), { prevCursor: "p2", nextCursor: "n2" });
    for (const page of [2, 3]) {
      const release = holdBack();
      await press(element, "page-button", 1);
      expect(spoken(element)).to.equal("");
      await release();
      expect(spoken(element)).to.equal(`Grants shown: 8. Page ${page}`);
    }
  });

  it("and hear that it failed, once, and what there is after another try", async () => {
    const element = await putGrants(stage, SESSION);
    stage.server.fault = { status: 500, code: "internal" };
    await press(element, "page-button", 1);
    expect(spoken(element)).to.equal("Your grants could not be loaded");
    stage.server.fault = undefined;
    server.grants = grantsOf([], { prevCursor: "p2" });
    await press(element, "retry-button");
    expect(spoken(element)).to.equal("Grants shown: 0. Page 2");
  });

  it("and stay where they are when there is no filter to clear", async () => {
    const element = await putGrants(stage, SESSION);
    let changes = 0;
    element.addEventListener("credits-grants-table-change", () => (changes += 1));
    await press(element, "page-button", 1);
    await press(element, "filters-button");
    await press(element, "clear-button");
    expect(textOf(element, "pages")).to.contain("Page 2");
    expect(changes).to.equal(0);
  });
});
