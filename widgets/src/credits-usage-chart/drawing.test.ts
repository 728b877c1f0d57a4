import { expect } from "@open-wc/testing";
import { Chart } from "chart.js";
import { colourAt, find, FakeUsage, press, putChart, untilDrawn } from "../testing/charts.ts";
import { until } from "../testing/fake-clock.ts";
import { Stage } from "../testing/stage.ts";
import { type FakeSeries, usageOf } from "../testing/usage.ts";
import type { CreditsUsageChart } from "./credits-usage-chart.ts";

const FIFTY = 50;
const HOSTILE = "<img src=x onerror=alert(1)>";

describe("the picture", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    new FakeUsage(stage);
  });
  afterEach(() => stage.strike());

  const put = (
    features: readonly FakeSeries[] = usageOf().series.map(({ key, label }) => ({
      key,
      label,
      points: [30, 50, 20],
    })),
    attributes = "",
  ) => putChart(stage, attributes, { state: { type: "loaded", data: usageOf(features) } });
  const chartOf = (element: CreditsUsageChart) =>
    Object.values(Chart.instances).find(({ canvas }) => canvas === find(element, "canvas"));
  /** The middle of the lowest part of a bar. */
  const footOf = (element: CreditsUsageChart, bar: number) => {
    const { x = 0, y = 0 } = chartOf(element)?.getDatasetMeta(0).data[bar] ?? {};
    return [x, y + 10] as const;
  };
  const tip = (element: CreditsUsageChart) => find(element, ".tip")?.textContent?.replace(/\s+/g, " ").trim();

  it("is walked through bar by bar: arrows, Home, End, Escape", async () => {
    const element = await put();
    expect(find(element, ".stage")?.tabIndex).to.equal(0);
    for (const [key, day] of [
      ["ArrowRight", "March 10"],
      ["ArrowRight", "March 11"],
      ["End", "March 12"],
      ["ArrowRight", "March 12"],
      ["Home", "March 10"],
      ["ArrowLeft", "March 10"],
    ] as const) {
      await press(element, key);
      expect(tip(element)).to.contain(day);
    }
    expect(find(element, ".plot [role=status]")?.textContent).to.contain("60 tokens");
    await press(element, "Escape");
    expect(tip(element)).to.equal(undefined);
    await press(element, "ArrowLeft");
    expect(tip(element)).to.contain("March 12");
  });

  it("runs the other way where people read that way", async () => {
    const element = await put(undefined, 'dir="rtl"');
    const [first] = footOf(element, 0);
    const [last] = footOf(element, 2);
    expect(first).to.be.above(last);
    await press(element, "ArrowLeft");
    await press(element, "ArrowLeft");
    expect(tip(element)).to.contain("March 11");
  });

  it("tells a bar's parts under the pointer, the top of the stack first", async () => {
    const element = await put();
    const [offsetX] = footOf(element, 1);
    const event = new PointerEvent("pointermove", { bubbles: true });
    Object.defineProperty(event, "offsetX", { value: offsetX });
    find(element, ".stage")?.dispatchEvent(event);
    expect(tip(element)).to.match(/March 11, 2026 ?100 ?Video rendering ?50 ?Image generation ?50/);
    find(element, ".stage")?.dispatchEvent(new PointerEvent("pointerleave"));
    expect(tip(element)).to.equal(undefined);
  });

  it("draws any name and any key as text", async () => {
    const keys = ["__proto__", "toString", "constructor", HOSTILE];
    const element = await put(keys.map((key) => ({ key, label: key, points: [1, 2, 3] })));
    expect(chartOf(element)?.data.datasets.map(({ data }) => data.length)).to.deep.equal([3, 3, 3, 3]);
    await press(element, "End");
    expect(tip(element)).to.contain(HOSTILE);
    expect(find(element, ".legend")?.textContent).to.contain(HOSTILE);
    expect(find(element, "table")?.textContent).to.contain(HOSTILE);
    expect(find(element, "img")).to.equal(undefined);
    expect(
      new Set(chartOf(element)?.data.datasets.map(({ backgroundColor }) => backgroundColor)).size,
    ).to.equal(4);
  });

  it("takes over the colours of a theme and of an appearance, without being drawn anew", async () => {
    const element = await put([{ key: "image", label: "Image", points: [30, 50, 20] }], 'theme="light"');
    const canvas = find(element, "canvas");
    const foot = footOf(element, 1);
    const colour = () => colourAt(element, ...foot);
    expect(colour()).to.equal("79,70,229");
    element.theme = "dark";
    await stage.rest();
    expect(colour()).to.equal("139,133,255");
    element.appearance = { series1: "rgb(10 20 30)" };
    await stage.rest();
    expect(colour()).to.equal("10,20,30");
    expect(find(element, "canvas")).to.equal(canvas);
  });

  it("has the same colour for a key in every chart", async () => {
    const alone = await put([{ key: "video", points: [1, 1, 1] }]);
    const colour = chartOf(alone)?.data.datasets[0]?.backgroundColor;
    const beside = await put([
      { key: "image", points: [9, 9, 9] },
      { key: "video", points: [1, 1, 1] },
    ]);
    expect(chartOf(beside)?.data.datasets[1]?.backgroundColor).to.equal(colour);
  });

  it("is drawn once for each change, and for nothing else", async () => {
    await stage.put("");
    const { clearRect } = CanvasRenderingContext2D.prototype;
    let drawn = 0;
    CanvasRenderingContext2D.prototype.clearRect = function (...args) {
      drawn += 1;
      clearRect.apply(this, args);
    };
    const drawnBy = async (act: () => unknown) => {
      drawn = 0;
      await act();
      await stage.clock.pass(1_000);
      return drawn;
    };
    try {
      const element = await put(undefined, 'theme="light"');
      const usage = usageOf([{ key: "image", points: [1, 2, 3] }]);
      expect(await drawnBy(() => (element.state = { type: "loaded", data: usage }))).to.equal(1);
      expect(await drawnBy(() => Object.assign(element, { hideUnit: true, compare: "off" }))).to.equal(1);
      expect(await drawnBy(() => stage.server.heartbeat())).to.equal(0);
      expect(await drawnBy(() => stage.clock.pass(60_000))).to.equal(0);
      const foot = footOf(element, 1);
      const before = colourAt(element, ...foot);
      const isOther = () => colourAt(element, ...foot) !== before;
      expect(
        await drawnBy(async () => {
          element.theme = "dark";
          await until("the dark colours", isOther);
        }),
      ).to.equal(1);
    } finally {
      CanvasRenderingContext2D.prototype.clearRect = clearRect;
    }
  });

  it("goes and comes back with the element", async () => {
    const element = await put();
    const place = element.parentElement;
    element.remove();
    expect(Object.values(Chart.instances)).to.have.length(0);
    place?.append(element);
    await untilDrawn(element);
    expect(chartOf(element)).not.to.equal(undefined);
  });

  // 200 in all, in rounds, since a busy machine takes its time.
  for (const round of [1, 2, 3, 4]) {
    it(`leaves nothing behind: ${FIFTY} charts that came and went, ${round} of 4`, async () => {
      const { addEventListener, removeEventListener } = window;
      let listeners = 0;
      window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        listeners += 1;
        addEventListener.apply(window, args);
      };
      window.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
        listeners -= 1;
        removeEventListener.apply(window, args);
      };
      const element = await put();
      const place = element.parentElement;
      element.remove();
      listeners = 0;
      for (let cycle = 0; cycle < FIFTY; cycle += 1) {
        place?.append(element);
        await element.updateComplete;
        // Every other one goes before its picture has come.
        if (cycle % 2 === 0) await until("the picture", () => chartOf(element) !== undefined);
        element.remove();
      }
      await stage.clock.pass(10_000);
      window.addEventListener = addEventListener;
      window.removeEventListener = removeEventListener;
      expect(Object.values(Chart.instances)).to.have.length(0);
      expect(listeners).to.equal(0);
      expect(stage.clock.running).to.equal(0);
    });
  }
});
