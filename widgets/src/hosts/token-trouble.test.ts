import { expect } from "@open-wc/testing";
import "../testing/charts.ts";
import "../testing/grants-scene.ts";
import "../testing/ledger-scene.ts";
import "../testing/portal-scene.ts";
import "../credits-balance/open-history.ts";
import { hasPart, partOf, Stage } from "../testing/stage.ts";
import { deepTextOf, WholeApi } from "../testing/whole-api.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/**
 * More in ten minutes of trouble would be a storm: the backoff ends at a try in 15 to 30 seconds, and a try whose token is
 * refused is three requests.
 */
const MOST_REQUESTS_IN_TEN_MINUTES = 150;

const ELEMENTS = {
  "credits-balance": "",
  "credits-usage-chart": 'time-zone="UTC"',
  "credits-grants-table": 'time-zone="UTC"',
  "credits-ledger": 'time-zone="UTC"',
  "credits-utilization-portal": 'time-zone="UTC"',
  "credits-top-up": "",
  "credits-auto-top-up": 'credit-type="tokens"',
};

/** Opens what floats over an element, and is not to outlive its customer. */
const FLOATING: Record<string, { open(element: HTMLElement): void; floats: string }> = {
  "credits-usage-chart": {
    open: (element) =>
      element.shadowRoot
        ?.querySelector(".stage")
        ?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })),
    floats: "tooltip",
  },
  "credits-balance": {
    open: (element) => partOf(element, "history")?.click(),
    floats: "history-popover",
  },
};

type Trouble = (stage: Stage, element: HTMLElement & { fetchSession?: unknown }) => void;

/** What keeps an element from its data, and what is left of it once it is over. */
const TROUBLES: Record<string, { begin: Trouble; end: Trouble }> = {
  "a session endpoint that fails": {
    begin: ({ server }) => (server.sessionFault = 500),
    end: ({ server }) => (server.sessionFault = undefined),
  },
  "a session endpoint that hangs": {
    begin: ({ server }) => (server.sessionFault = "hangs"),
    end: ({ server }) => (server.sessionFault = undefined),
  },
  "a network that is gone": {
    begin: ({ server }) => (server.fault = "offline"),
    end: ({ server }) => (server.fault = undefined),
  },
  "an API that is overloaded": {
    begin: ({ server }) => (server.fault = { status: 503, code: "unavailable" }),
    end: ({ server }) => (server.fault = undefined),
  },
  "an API that asks for patience": {
    begin: ({ server }) => (server.fault = { status: 429, code: "rate_limited", retryAfterS: 20 }),
    end: ({ server }) => (server.fault = undefined),
  },
  "tokens that the API refuses": {
    begin: ({ server }) => (server.fault = { status: 401, code: "unauthenticated" }),
    end: ({ server }) => (server.fault = undefined),
  },
  "a callback that throws": {
    begin: (_stage, element) => {
      element.removeAttribute("session-url");
      element.fetchSession = () => {
        throw new Error("no");
      };
    },
    end: ({ server }, element) => (element.fetchSession = async () => server.mintSession()),
  },
  "a callback that answers nonsense": {
    begin: (_stage, element) => {
      element.removeAttribute("session-url");
      element.fetchSession = async () => undefined;
    },
    end: ({ server }, element) => (element.fetchSession = async () => server.mintSession()),
  },
};

for (const [tag, attributes] of Object.entries(ELEMENTS)) {
  describe(`${tag} in trouble`, () => {
    let stage: Stage;
    let api: WholeApi;
    /** What would stand in the host page's own error reports. */
    let strays: unknown[];
    const note = ({ reason }: PromiseRejectionEvent) => strays.push(reason);
    beforeEach(() => {
      strays = [];
      window.addEventListener("unhandledrejection", note);
      stage = new Stage();
      api = new WholeApi(stage);
    });
    afterEach(async () => {
      await stage.strike();
      window.removeEventListener("unhandledrejection", note);
      expect(strays).to.deep.equal([]);
    });

    /** An element that is on the page only once `prepare` has had its way with it. */
    const put = async (prepare: (element: HTMLElement) => void = () => undefined) => {
      const host = await stage.put("");
      const place = document.createElement("div");
      place.innerHTML = `<${tag} session-url="/session" ${attributes}></${tag}>`;
      const element = place.firstElementChild;
      if (!(element instanceof HTMLElement)) throw new Error(`no ${tag}`);
      prepare(element);
      host.append(element);
      await stage.clock.pass(200);
      return element;
    };
    const shows = (element: HTMLElement, customer: string) => deepTextOf(element).includes(`of ${customer}`);

    it("shows its data where there is none", async () => {
      expect(shows(await put(), "acme")).to.equal(true);
    });

    for (const [name, { begin, end }] of Object.entries(TROUBLES)) {
      it(`says so of ${name}, does not storm, and is back after it`, async () => {
        const element = await put((one) => begin(stage, one));
        await stage.clock.pass(30 * SECOND_MS);
        expect(hasPart(element, "message"), "a designed state").to.equal(true);
        expect(partOf(element, "message")?.textContent?.trim()).to.not.equal("");
        await stage.clock.pass(10 * MINUTE_MS);
        expect(stage.server.requests.length).to.be.lessThan(MOST_REQUESTS_IN_TEN_MINUTES);
        expect(shows(element, "acme")).to.equal(false);

        end(stage, element);
        partOf(element, "retry-button")?.click();
        await stage.clock.pass(MINUTE_MS);
        expect(shows(element, "acme"), "its data, after all").to.equal(true);
        expect(hasPart(element, "message")).to.equal(false);
      });
    }

    it("waits as long as the API says", async () => {
      stage.server.fault = { status: 429, code: "rate_limited", retryAfterS: 45 };
      await put();
      await stage.clock.pass(2 * SECOND_MS);
      const asked = stage.server.requests.length;
      await stage.clock.pass(40 * SECOND_MS);
      expect(stage.server.requests.length).to.equal(asked);
    });

    it("renews a session that ends, and nobody sees it", async () => {
      const element = await put();
      const [first] = stage.server.requests.flatMap(({ token }) => token ?? []);
      stage.server.refusedTokens.add(first ?? "");
      stage.server.cut();
      await stage.clock.pass(3 * SECOND_MS);
      expect(shows(element, "acme")).to.equal(true);
      expect(hasPart(element, "message")).to.equal(false);
    });

    it("refuses the session of a customer whom the page did not mean", async () => {
      api.serve("globex");
      const element = await put((one) => one.setAttribute("customer", "acme"));
      await stage.clock.pass(30 * SECOND_MS);
      expect(hasPart(element, "message")).to.equal(true);
      expect(deepTextOf(element)).to.not.include("globex");
    });

    it("has nothing left of a customer once the page means another, before and after the other's data come", async () => {
      const element = await put((one) => one.setAttribute("customer", "acme"));
      expect(shows(element, "acme")).to.equal(true);
      api.serve("globex");
      stage.server.fault = { status: 503, code: "unavailable" };
      element.setAttribute("customer", "globex");
      await stage.rest();
      expect(deepTextOf(element)).to.not.include("acme");
      await stage.clock.pass(MINUTE_MS);
      expect(deepTextOf(element)).to.not.include("acme");
      stage.server.fault = undefined;
      partOf(element, "retry-button")?.click();
      await stage.clock.pass(MINUTE_MS);
      expect(deepTextOf(element)).to.not.include("acme");
      expect(shows(element, "globex")).to.equal(true);
    });
  });
}

for (const [tag, { open, floats }] of Object.entries(FLOATING)) {
  it(`the ${floats} of ${tag} does not outlive its customer`, async () => {
    const stage = new Stage();
    const api = new WholeApi(stage);
    const place = await stage.put(`<${tag} session-url="/session" customer="acme" time-zone="UTC"></${tag}>`);
    await stage.clock.pass(500);
    const element = place.querySelector<HTMLElement>(tag);
    if (!element) throw new Error(`no ${tag}`);
    const before = deepTextOf(element);
    open(element);
    await stage.clock.pass(500);
    expect(hasPart(element, floats), "it is there at first").to.equal(true);
    expect(deepTextOf(element)).to.not.equal(before);

    api.serve("globex");
    element.setAttribute("customer", "globex");
    await stage.rest();
    expect(deepTextOf(element)).to.not.include("acme");
    await stage.clock.pass(60_000);
    expect(deepTextOf(element)).to.not.include("acme");
    await stage.strike();
  });
}
