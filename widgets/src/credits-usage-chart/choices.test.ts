import { expect } from "@open-wc/testing";
import { find, FakeUsage, putChart, untilDrawn } from "../testing/charts.ts";
import { settle, until } from "../testing/fake-clock.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { usageOf } from "../testing/usage.ts";
import type { UsageChartChoice } from "./credits-usage-chart.events.ts";
import type { CreditsUsageChart } from "./credits-usage-chart.ts";

const SESSION = 'session-url="/session"';

describe("people choose", () => {
  let stage: Stage;
  let server: FakeUsage;
  let chosen: UsageChartChoice[];
  beforeEach(() => {
    stage = new Stage();
    server = new FakeUsage(stage);
    chosen = [];
  });
  afterEach(() => stage.strike());

  const put = async (attributes = "", change: Partial<CreditsUsageChart> = {}) => {
    const element = await putChart(stage, `${SESSION} ${attributes}`, change);
    element.addEventListener("credits-usage-chart-change", ({ detail }) => chosen.push(detail));
    return element;
  };
  const pick = async (element: CreditsUsageChart, part: string, index: number) => {
    const field = partOf(element, part);
    if (field instanceof HTMLSelectElement) {
      field.selectedIndex = index;
      field.dispatchEvent(new Event("change"));
    } else field?.querySelectorAll("input")[index]?.click();
    await stage.rest();
  };
  const optionsOf = (element: CreditsUsageChart, part: string) =>
    [...(partOf(element, part)?.querySelectorAll("option") ?? [])].map((option) =>
      option.textContent?.trim(),
    );

  it("a period: the question, the property and an event follow", async () => {
    const element = await put();
    expect(server.asked[0]?.toString()).to.equal(
      "groupBy=feature&compare=previous&interval=day&timeZone=UTC",
    );
    await pick(element, "range", 4);
    expect(element.range).to.equal("12m");
    expect(server.last("from")).to.equal("2025-04-01T00:00:00.000Z");
    expect(server.last("interval")).to.equal("month");
    expect(chosen).to.deep.equal([
      {
        ...{ range: "12m", from: undefined, to: undefined, interval: undefined },
        ...{ groupBy: "feature", view: "chart", compare: "previous" },
      },
    ]);
  });

  it("a period of their own, which begins as what is shown", async () => {
    const element = await put();
    await pick(element, "range", 5);
    const dates = [...(element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? [])];
    expect(dates.map(({ value }) => value)).to.deep.equal(["2026-03-10", "2026-03-12"]);
    const [from] = dates;
    if (from) from.value = "2026-01-01";
    from?.dispatchEvent(new Event("change"));
    await stage.rest();
    expect(chosen.at(-1)).to.include({ range: "custom", from: "2026-01-01", to: "2026-03-12" });
    expect([server.last("from"), server.last("to")]).to.deep.equal([
      "2026-01-01T00:00:00.000Z",
      "2026-03-13T00:00:00.000Z",
    ]);
  });

  it("a day that there can be: what is refused is not asked for, and does not stay in the field", async () => {
    const element = await put('range="custom" from="2026-03-10" to="2026-03-12"');
    const [from, to] = element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? [];
    const asked = server.asked.length;
    for (const [field, value, shown] of [
      [from, "0202-01-01", "2026-03-10"],
      [from, "2026-03-13", "2026-03-10"],
      [to, "2026-03-09", "2026-03-12"],
      [to, "", "2026-03-12"],
    ] as const) {
      if (field) field.value = value;
      field?.dispatchEvent(new Event("change"));
      await stage.rest();
      // A year is typed figure by figure: until the field is left there may come more.
      expect(field?.value).to.equal(value);
      field?.dispatchEvent(new FocusEvent("blur"));
      expect(field?.value).to.equal(shown);
    }
    expect(chosen).to.deep.equal([]);
    expect(server.asked).to.have.length(asked);
    expect([from?.min, to?.max]).to.deep.equal(["1970-01-01", "9999-12-31"]);
  });

  for (const [from, to] of [
    ["0002-01-01", "0202-12-31"],
    ["1970-01-01", "9999-12-31"],
  ] as const) {
    it(`a period that the page says, as far as ${from} to ${to}`, async () => {
      const element = await putChart(stage, `range="custom" from="${from}" to="${to}"`, {
        state: { type: "loading" },
      });
      const dates = [...(element.shadowRoot?.querySelectorAll<HTMLInputElement>("[part=date]") ?? [])];
      expect(dates.map(({ value }) => value)).to.deep.equal([from, to]);
    });
  }

  it("an interval among those that the period can be told by", async () => {
    const element = await put('range="12m"');
    expect(optionsOf(element, "interval")).to.deep.equal(["By week", "By month"]);
    await pick(element, "interval", 0);
    expect(server.last("interval")).to.equal("week");
    element.range = "24h";
    await stage.rest();
    expect(optionsOf(element, "interval")).to.deep.equal(["By hour"]);
  });

  it("what bars are told apart by, dimensions that the page names included", async () => {
    const element = await put('dimensions="model region" top="5"');
    const options = ["By feature", "By user", "model", "region", "In total"];
    expect(optionsOf(element, "group-by")).to.deep.equal(options);
    await pick(element, "group-by", 2);
    expect([server.last("groupBy"), server.last("top")]).to.deep.equal(["dimension:model", "5"]);
    await pick(element, "group-by", 4);
    expect(server.last("groupBy")).to.equal(null);
  });

  it("one series, and all again, without a question", async () => {
    const element = await put();
    const [, video] = [...(element.shadowRoot?.querySelectorAll<HTMLElement>("[part=series]") ?? [])];
    video?.click();
    await stage.rest();
    expect(textOf(element, "total")).to.equal("15");
    expect(textOf(element, "title")).to.contain("Video rendering");
    expect(video?.getAttribute("aria-pressed")).to.equal("true");
    expect(
      find(element, ".body")?.parentElement?.querySelector("[role=status]:not(.plot *)")?.textContent,
    ).to.contain("15 tokens");
    video?.click();
    await stage.rest();
    expect(textOf(element, "total")).to.equal("115");
    expect(server.asked).to.have.length(1);
  });

  it("whether the period before is there", async () => {
    const element = await put();
    partOf(element, "compare-button")?.click();
    await stage.rest();
    expect(server.last("compare")).to.equal(null);
    expect(partOf(element, "compare-button")?.getAttribute("aria-pressed")).to.equal("false");
    expect(chosen.at(-1)).to.include({ compare: "off" });
  });

  it("the table in place of the chart", async () => {
    const element = await put();
    await pick(element, "view", 1);
    expect(hasPart(element, "plot")).to.equal(false);
    expect(partOf(element, "table")?.getAttribute("tabindex")).to.equal("0");
    expect(element.view).to.equal("table");
    element.view = "chart";
    await element.updateComplete;
    await untilDrawn(element);
    expect(find(element, "canvas")).not.to.equal(undefined);
  });

  it("a file, made in the page", async () => {
    const saved: { name: string; blob: Blob }[] = [];
    const { click } = HTMLAnchorElement.prototype;
    const { createObjectURL } = URL;
    let last = new Blob();
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob) last = blob;
      return "blob:x";
    };
    HTMLAnchorElement.prototype.click = function () {
      saved.push({ name: this.download, blob: last });
    };
    const label = "<img src=x onerror=alert(1)>";
    server.usage = usageOf([{ key: "__proto__", label, points: [30, 50, 20] }]);
    const element = await put();
    const buttons = [...(element.shadowRoot?.querySelectorAll<HTMLElement>("[part=export-button]") ?? [])];
    const requests = stage.server.requests.length;
    for (const button of buttons) {
      button.click();
      await stage.rest();
      // Pictures are packed beside the page's own thread.
      const startMs = performance.now();
      while (saved.length <= buttons.indexOf(button) && performance.now() < startMs + 8_000) await settle();
    }
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
    expect(saved.map(({ name }) => name)).to.deep.equal([
      "usage-2026-03-10-to-2026-03-12.csv",
      "usage-2026-03-10-to-2026-03-12.png",
    ]);
    expect(await saved[0]?.blob.text()).to.contain(label);
    const picture = saved[1] && (await createImageBitmap(saved[1].blob));
    expect(picture?.width).to.be.above(find<HTMLCanvasElement>(element, "canvas")?.width ?? Infinity);
    expect(stage.server.requests).to.have.length(requests);
  });

  it("nothing that the page's words break: unknown ranges, zones and views are as if left out", async () => {
    const element = await put('range="yesterday" view="pie" time-zone="Mars/Olympus"');
    expect(textOf(element, "total")).to.equal("115");
    expect(server.last("timeZone")).not.to.equal("Mars/Olympus");
  });

  it("in their own language", async () => {
    const element = await put('lang="de"');
    await stage.clock.pass(100);
    await until("German", () => textOf(element, "title") === "Verbrauch");
    await untilDrawn(element);
    expect(find(element, "caption")?.textContent).to.contain("10.–12. März 2026");
  });
});
