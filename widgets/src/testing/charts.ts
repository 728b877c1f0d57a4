import { CreditsUsageChart } from "../credits-usage-chart/credits-usage-chart.ts";
import "../credits-usage-chart/define.ts";
// What a chart loads later is there already: the network of the test runner takes its time.
import "../credits-usage-chart/export.ts";
import "../credits-usage-chart/panel.ts";
import "../chart/plot.ts";
import { settle, until } from "./fake-clock.ts";
import type { Stage } from "./stage.ts";
import { forecastOf, usageOf } from "./usage.ts";

/** A server that knows usage and a forecast, and what it was asked. */
export class FakeUsage {
  usage = usageOf();
  forecast = forecastOf();
  readonly asked: URLSearchParams[] = [];
  forecastsAsked = 0;

  constructor(stage: Stage) {
    stage.server.answer = ({ pathname, searchParams }) => {
      if (pathname === "/widget/forecast") {
        this.forecastsAsked += 1;
        return Promise.resolve(Response.json(this.forecast));
      }
      if (pathname !== "/widget/usage") return undefined;
      this.asked.push(searchParams);
      return Promise.resolve(Response.json(this.usage));
    };
  }

  /** A parameter of the last question. */
  last(name: string): string | null | undefined {
    return this.asked.at(-1)?.get(name);
  }
}

/** Puts a chart on the page, in UTC, and waits until it is drawn. */
export async function putChart(
  stage: Stage,
  attributes = "",
  change: Partial<CreditsUsageChart> = {},
): Promise<CreditsUsageChart> {
  await stage.put("");
  const place = await stage.put(`<credits-usage-chart time-zone="UTC" ${attributes}></credits-usage-chart>`);
  const element = place.querySelector("credits-usage-chart");
  if (!(element instanceof CreditsUsageChart)) throw new Error("no credits-usage-chart");
  Object.assign(element, change);
  await stage.rest();
  await settle();
  await untilDrawn(element);
  return element;
}

/** Until what comes after the card is there: its picture, and the numbers for those who do not see it. */
export async function untilDrawn(element: Element): Promise<void> {
  const isOwed = (place: string, content: string) =>
    find(element, place) !== undefined && find(element, `${place} ${content}`) === undefined;
  await until("the picture", () => !isOwed(".plot:not(.still)", "canvas") && !isOwed(".readers", "table"));
}

export function find<Found extends Element = HTMLElement>(
  element: Element,
  selector: string,
): Found | undefined {
  return element.shadowRoot?.querySelector<Found>(selector) ?? undefined;
}

/** Presses a key where the keyboard is. */
export async function press(element: CreditsUsageChart, key: string): Promise<void> {
  find(element, ".stage")?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
  await element.updateComplete;
}

/** The colour of a place on the picture, in CSS pixels from its top left. */
export function colourAt(element: CreditsUsageChart, x: number, y: number): string {
  const canvas = find<HTMLCanvasElement>(element, "canvas");
  const scale = (canvas?.width ?? 0) / (canvas?.clientWidth ?? 1);
  const pixel = canvas
    ?.getContext("2d")
    ?.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data;
  return [...(pixel ?? [])].slice(0, 3).join(",");
}
