import { expect } from "@open-wc/testing";
import { Chart } from "chart.js";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { find, FakeUsage, press, putChart, untilDrawn } from "../testing/charts.ts";
import { until } from "../testing/fake-clock.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { usageOf } from "../testing/usage.ts";

const SESSION = 'session-url="/session"';

describe("credits-usage-chart shows", () => {
  let stage: Stage;
  let server: FakeUsage;
  beforeEach(() => {
    stage = new Stage();
    server = new FakeUsage(stage);
  });
  afterEach(() => stage.strike());

  it("the sum with its unit, and how it compares, for the eye and for the ear", async () => {
    const element = await putChart(stage, SESSION);
    expect(textOf(element, "total")).to.equal("115");
    expect(find(element, ".unit")?.textContent).to.equal("tokens");
    const change = partOf(element, "change");
    expect(change?.querySelector("[aria-hidden]")?.textContent).to.match(/↑ 28%\s*vs previous 3 days/);
    expect(change?.querySelector(".visually-hidden")?.textContent).to.equal(
      "28% more than in the previous 3 days",
    );
  });

  it("bars, a legend by size and a table with all numbers", async () => {
    const element = await putChart(stage, SESSION);
    expect(find<HTMLCanvasElement>(element, "canvas")?.width).to.be.above(100);
    const names = [...(element.shadowRoot?.querySelectorAll(".name") ?? [])].map((name) => name.textContent);
    expect(names).to.deep.equal(["Image generation", "Video rendering"]);
    expect(find(element, "caption")?.textContent)
      .to.contain("Mar 10 – 12, 2026")
      .and.to.contain("115 tokens");
    const rows = [...(element.shadowRoot?.querySelectorAll("tbody tr") ?? [])];
    const texts = rows.map((row) => [...row.children].map((cell) => cell.textContent));
    expect(texts[1]).to.deep.equal(["Wed, March 11, 2026", "50", "0", "50", "40"]);
    expect(find(element, "tbody th")?.getAttribute("scope")).to.equal("row");
    expect(find(element, "[part=table]")?.className).to.equal("visually-hidden");
  });

  it("the card first, then its picture, then the numbers for those who do not see it, which follow", async () => {
    const element = await putChart(stage, "", { state: { type: "loading" } });
    element.state = { type: "loaded", data: usageOf() };
    const isThere = (selector: string) => find(element, selector) !== undefined;
    await until("the card", () => textOf(element, "total") === "115");
    expect([isThere("canvas"), isThere("table")]).to.deep.equal([false, false]);
    await until("the picture", () => isThere("canvas"));
    expect(isThere("table")).to.equal(false);
    await untilDrawn(element);
    const numbers = () =>
      [...(element.shadowRoot?.querySelectorAll(".readers tbody tr") ?? [])].map(
        (row) => row.lastElementChild?.previousElementSibling?.textContent,
      );
    expect(numbers()).to.deep.equal(["40", "50", "25"]);
    element.state = {
      type: "loaded",
      data: usageOf([{ key: "image", points: [7, 8, 9], previous: [1, 2, 3] }]),
    };
    await until("the other numbers", () => numbers().join() === "7,8,9");
    expect(element.shadowRoot?.querySelectorAll("table")).to.have.length(1);
  });

  for (const width of [340, 760, 1100]) {
    it(`a skeleton of the final size, ${width} px wide`, async () => {
      const element = await putChart(stage, "", { state: { type: "loading" } });
      element.style.width = `${width}px`;
      const { height } = element.getBoundingClientRect();
      element.state = { type: "loaded", data: usageOf() };
      await until("the card", () => hasPart(element, "total"));
      expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
      await untilDrawn(element);
      expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
    });
  }

  it("that nothing was used, with the way to another period", async () => {
    server.usage = usageOf([], { total: "0", previousTotal: "0" });
    const element = await putChart(stage, SESSION);
    expect(textOf(element, "message")).to.contain("No usage in this period");
    expect(hasPart(element, "range")).to.equal(true);
  });

  it("an error with a retry, and the chart when that works", async () => {
    const events: string[] = [];
    const note = ({ type }: Event) => events.push(type);
    for (const name of ["load", "error"]) document.addEventListener(`credits-usage-chart-${name}`, note);
    stage.server.fault = { status: 500, code: "internal" };
    const element = await putChart(stage, SESSION);
    expect(textOf(element, "message")).to.contain("Your usage could not be loaded").and.to.contain("req_1");
    stage.server.fault = undefined;
    partOf(element, "retry-button")?.click();
    await stage.clock.pass(1_000);
    expect(textOf(element, "total")).to.equal("115");
    expect(events).to.deep.equal(["credits-usage-chart-error", "credits-usage-chart-load"]);
    for (const name of ["load", "error"]) document.removeEventListener(`credits-usage-chart-${name}`, note);
  });

  it("no permission, and nothing else", async () => {
    stage.server.fault = { status: 403, code: "insufficient_scope" };
    const element = await putChart(stage, SESSION);
    expect(textOf(element, "message")).to.contain("You do not have access to this usage");
    expect(hasPart(element, "retry-button") || hasPart(element, "range")).to.equal(false);
  });

  it("a chart without a forecast where that cannot be had", async () => {
    const { answer } = stage.server;
    stage.server.answer = (url, init) =>
      url.pathname === "/widget/forecast"
        ? Promise.resolve(new Response("", { status: 500 }))
        : answer?.(url, init);
    const element = await putChart(stage, SESSION);
    expect(textOf(element, "total")).to.equal("115");
    expect(find(element, ".hatched")).to.equal(undefined);
  });

  it("what is expected of the rest of the period", async () => {
    const element = await putChart(stage, `${SESSION} range="month"`);
    expect(find(element, ".keys .hatched")).not.to.equal(undefined);
    await press(element, "End");
    expect(find(element, ".tip")?.textContent).to.contain("Tue, March 31, 2026").and.to.contain("+48");
  });

  it("nothing of an earlier customer, in a tooltip either", async () => {
    const element = await putChart(stage, SESSION);
    await press(element, "Home");
    expect(find(element, ".tip")?.textContent).to.contain("Image generation");
    const before = Object.values(Chart.instances).length;
    stage.server.customer = "bolt";
    stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    stage.server.answer = ({ pathname }) =>
      /usage|forecast/.test(pathname) ? new Promise(() => undefined) : undefined;
    await stage.clock.pass(481_000);
    expect(element.state.type).to.equal("loading");
    expect(element.forecast).to.equal(undefined);
    expect(element.shadowRoot?.textContent).not.to.contain("Image generation");
    expect(find(element, ".tip") ?? find(element, "canvas")).to.equal(undefined);
    expect(Object.values(Chart.instances).length).to.equal(before - 1);
  });

  it("fifty charts with one question to each endpoint", async () => {
    await stage.put("");
    await stage.put(`<credits-usage-chart time-zone="UTC" ${SESSION}></credits-usage-chart>`.repeat(50));
    expect([server.asked.length, server.forecastsAsked]).to.deep.equal([1, 1]);
    expect([stage.server.sessionsMinted, stage.server.mostStreamsAtOnce]).to.deep.equal([1, 1]);
  });

  it("news of the credits a moment later, without a word to screen readers", async () => {
    const element = await putChart(stage, SESSION);
    const status = () =>
      [...(element.shadowRoot?.querySelectorAll("[role=status]") ?? [])]
        .map((region) => region.textContent)
        .join("");
    await press(element, "Home");
    const spoken = status();
    expect(spoken).to.equal("Tue, March 10, 2026: 40 tokens, Image generation 30, Video rendering 10");
    server.usage = usageOf([{ key: "image", label: "Image generation", points: [31, 50, 20] }]);
    stage.server.push(poolOf({ seq: 4 }));
    await stage.clock.pass(6_000);
    expect(textOf(element, "total")).to.equal("101");
    expect(find(element, ".tip")?.textContent).to.contain("31");
    expect(status()).to.equal(spoken);
  });
});
