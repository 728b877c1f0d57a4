import { expect } from "@open-wc/testing";
import { FakeGrants, putGrants } from "../testing/grants-scene.ts";
import { partOf, Stage } from "../testing/stage.ts";
import type { CreditsGrantsTable } from "./credits-grants-table.ts";

const SESSION = 'session-url="/session"';

describe("the dates of a list", () => {
  let stage: Stage;
  let server: FakeGrants;
  beforeEach(() => {
    stage = new Stage();
    server = new FakeGrants(stage);
  });
  afterEach(() => stage.strike());

  const open = async (attributes = "") => {
    const element = await putGrants(stage, `${SESSION} ${attributes}`);
    partOf(element, "filters-button")?.click();
    await stage.rest();
    return element;
  };
  const fieldsOf = (element: CreditsGrantsTable) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? []),
  ];
  const valuesOf = (element: CreditsGrantsTable) => fieldsOf(element).map(({ value }) => value);
  const type = async (element: CreditsGrantsTable, index: number, value: string) => {
    const field = fieldsOf(element)[index];
    if (!field) throw new Error("no date");
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event("change"));
    await stage.rest();
    return field;
  };

  it("are in the fields as they are in the list, also where the first is moved past the last", async () => {
    const element = await open('from="2026-03-10" to="2026-03-20"');
    await type(element, 0, "2026-04-01");
    expect(server.last).to.contain("from=2026-04-01T").and.not.to.contain("to=");
    expect(valuesOf(element)).to.deep.equal(["2026-04-01", ""]);
    await type(element, 1, "2026-04-30");
    expect(server.last).to.contain("from=2026-04-01T").and.to.contain("to=2026-05-01T");
    expect(valuesOf(element)).to.deep.equal(["2026-04-01", "2026-04-30"]);
    // On the way to the 25th a day before the first one is typed: that is not what is meant.
    const field = await type(element, 1, "2026-03-02");
    expect(server.last).to.contain("from=2026-04-01T").and.to.contain("to=2026-05-01T");
    field.dispatchEvent(new Event("blur"));
    expect(valuesOf(element)).to.deep.equal(["2026-04-01", "2026-04-30"]);
  });

  it("wait while a year is typed, and are what is shown once the person has left", async () => {
    const element = await open('from="2026-03-01"');
    const asked = server.asked.length;
    for (const year of ["0002", "0020", "0202"]) {
      const field = await type(element, 0, `${year}-03-01`);
      // A field that is rewritten while somebody types in it cannot be typed in.
      expect(field.value).to.equal(`${year}-03-01`);
      expect(element.from).to.equal("2026-03-01");
    }
    expect(server.asked).to.have.length(asked);
    fieldsOf(element)[0]?.dispatchEvent(new Event("blur"));
    expect(valuesOf(element)[0]).to.equal("2026-03-01");
    await type(element, 0, "2025-03-01");
    expect(server.last).to.contain("from=2025-03-01T");
  });

  it("are no bounds where a page sets years that no clock has", async () => {
    for (const [from, to] of [
      ["0202-03-01", "9999-12-31"],
      ["0002-03-01", "+100000-01-01T00:00:00Z"],
    ]) {
      const element = await open(`from="${from}" to="${to}"`);
      expect(server.last).to.equal("sort=-createdAt&limit=10");
      expect(valuesOf(element)).to.deep.equal(["", ""]);
    }
  });
});
