import { expect } from "@open-wc/testing";
import { poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { FakeTopUps, offerOf, VISA } from "../testing/top-ups.ts";
import type { CreditsTopUp } from "./credits-top-up.ts";
import { exits } from "../paying/leave-page.ts";

/** Stripe's script, as far as the element uses it. */
class FakeStripe {
  onComplete: () => void = () => undefined;
  secrets: unknown[] = [];
  place: HTMLElement | undefined;
  destroyed = 0;
  hangs = false;
  confirmed = 0;
  /** What else is on the page while the bank's window is open. */
  dialogsOpen = 0;

  async create({ clientSecret, onComplete }: { clientSecret: string; onComplete: () => void }) {
    if (this.hangs) await new Promise(() => undefined);
    this.secrets.push(clientSecret);
    this.onComplete = onComplete;
    const mount = (place: HTMLElement) => {
      this.place = place;
      place.textContent = "Stripe's form";
    };
    return { mount, destroy: () => (this.destroyed += 1) };
  }

  async handleNextAction() {
    this.confirmed += 1;
    this.dialogsOpen = openDialogs();
    return {};
  }
}

/** The one of the test that runs: the loader keeps the first `window.Stripe` that it finds. */
let stripe = new FakeStripe();
type Checkout = Parameters<FakeStripe["create"]>[0];
const script = () => ({
  createEmbeddedCheckoutPage: (options: Checkout) => stripe.create(options),
  handleNextAction: () => stripe.handleNextAction(),
});

function openDialogs(root: ParentNode = document): number {
  return [...root.querySelectorAll("*")].reduce(
    (sum, { shadowRoot }) =>
      shadowRoot ? sum + shadowRoot.querySelectorAll("dialog[open]").length + openDialogs(shadowRoot) : sum,
    0,
  );
}

describe("Stripe's form in credits-top-up", () => {
  let stage: Stage;
  let api: FakeTopUps;
  const { openTab } = exits;
  // The loader of the script comes over the real network of the test runner.
  before(async () => {
    await import("@stripe/stripe-js/pure");
    Object.assign(window, { Stripe: Object.assign(script, { version: "endive" }) });
  });
  beforeEach(() => {
    stage = new Stage();
    api = new FakeTopUps(stage.server);
    api.offer = offerOf({ publishableKey: "pk_test_1" });
    api.next = { clientSecret: "cs_1_secret" };
    sessionStorage.clear();
    stripe = new FakeStripe();
  });
  afterEach(async () => {
    exits.openTab = openTab;
    await stage.strike();
  });

  const pay = async (element: Element) => {
    partOf(element, "pay-button")?.focus();
    partOf(element, "pay-button")?.click();
    await stage.clock.pass(50);
  };
  const dialog = (element: Element) => element.shadowRoot?.querySelector("dialog");

  it("opens in a dialog that says what is paid for, and stands in the page itself", async () => {
    const element = await stage.putTopUp();
    await pay(element);
    expect(api.sent[0]).to.include({ uiMode: "embedded", credits: "500" });
    expect(stripe.secrets).to.deep.equal(["cs_1_secret"]);
    expect(dialog(element)?.open).to.equal(true);
    expect(dialog(element)?.textContent).to.contain("Pay $5.00");
    expect(stripe.place?.getRootNode() === document).to.equal(true);
    expect((stripe.place?.getBoundingClientRect().height ?? 0) > 0).to.equal(true);
  });

  it("closes when the payment is complete, and the credits are there at once", async () => {
    const element = await stage.putTopUp();
    await pay(element);
    api.move({ status: "paid" });
    stripe.onComplete();
    await stage.rest();
    expect(dialog(element)?.open).to.equal(false);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect([stripe.destroyed, element.childElementCount]).to.deep.equal([1, 0]);
  });

  it("closes by the live balance, too, where another tab has paid", async () => {
    const element = await stage.putTopUp();
    await pay(element);
    api.move({ status: "paid" });
    stage.server.push(poolOf({ available: "1740", seq: 4 }));
    await stage.rest();
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(dialog(element)?.open).to.equal(false);
  });

  it("gives the focus back and keeps the order when it is closed", async () => {
    const element = await stage.putTopUp();
    await pay(element);
    partOf(element, "close-button")?.click();
    await stage.clock.pass(50);
    expect(dialog(element)?.open).to.equal(false);
    expect(textOf(element, "notice")).to.contain("Nothing was charged");
    expect(element.shadowRoot?.activeElement === partOf(element, "pay-button")).to.equal(true);
    expect(stripe.destroyed).to.equal(1);
    await pay(element);
    expect(api.orders.size).to.equal(1);
    expect(dialog(element)?.open).to.equal(true);
  });

  it("stands in the page also inside the dialog of a balance inside another shadow root", async () => {
    const place = await stage.put("<div></div>");
    const host = place.firstElementChild;
    const balance = document.createElement("credits-balance");
    balance.sessionUrl = "/session";
    host?.attachShadow({ mode: "open" }).append(balance);
    await stage.clock.pass(100);
    partOf(balance, "top-up-button")?.click();
    const inside = () => balance.shadowRoot?.querySelector("credits-top-up");
    const isThere = () => hasPart(inside() ?? balance, "pay-button");
    await stage.clock.passUntil("the form", isThere);
    const element = inside();
    if (!element) throw new Error("no dialog");
    await pay(element);
    expect(stripe.place?.getRootNode() === document).to.equal(true);
    expect((stripe.place?.getBoundingClientRect().width ?? 0) > 100).to.equal(true);
    partOf(element, "close-button")?.click();
    await stage.clock.pass(50);
    expect([host?.childElementCount, balance.childElementCount]).to.deep.equal([0, 0]);
  });

  it("gives way to Stripe's own page when it does not come within 8 s", async () => {
    stripe.hangs = true;
    const element = await stage.putTopUp();
    await pay(element);
    expect(dialog(element)?.textContent).to.contain("Loading the payment form");
    await stage.clock.pass(8_000);
    expect(dialog(element)?.open).to.equal(false);
    expect(textOf(element, "outcome")).to.contain("Pay on the secure payment page");
    expect(api.sent.map(({ uiMode }) => uiMode)).to.deep.equal(["embedded", "hosted"]);
    expect(api.sent[0]?.orderKey).not.to.equal(api.sent[1]?.orderKey);
  });

  it("gives way at once when the page's policy refuses something of Stripe's", async () => {
    stripe.hangs = true;
    const element = await stage.putTopUp();
    await pay(element);
    const violation = new SecurityPolicyViolationEvent("securitypolicyviolation", {
      blockedURI: "https://js.stripe.com/endive/stripe.js",
      violatedDirective: "script-src-elem",
      effectiveDirective: "script-src-elem",
      documentURI: location.href,
      originalPolicy: "",
      disposition: "enforce",
      statusCode: 200,
    });
    document.dispatchEvent(violation);
    await stage.rest();
    expect(textOf(element, "outcome")).to.contain("Pay on the secure payment page");
  });

  it("is not asked for where the deployment has no key for it", async () => {
    api.offer = offerOf();
    exits.openTab = () => null;
    const element = await stage.putTopUp();
    await pay(element);
    expect(api.sent[0]).to.include({ uiMode: "hosted" });
  });

  it("lets the bank ask for a confirmation with no dialog of ours before it", async () => {
    api.offer = offerOf({ savedCard: VISA, publishableKey: "pk_test_1" });
    api.next = { status: "action_required", clientSecret: "pi_1_secret", url: null };
    const element: CreditsTopUp = await stage.putTopUp('session-url="/session" modal');
    element.show();
    await stage.clock.pass(50);
    await pay(element);
    expect([stripe.confirmed, stripe.dialogsOpen]).to.deep.equal([1, 0]);
    api.move({ status: "paid" });
    await stage.clock.pass(3_000);
    expect(dialog(element)?.open).to.equal(true);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(stripe.confirmed).to.equal(1);
  });
});
