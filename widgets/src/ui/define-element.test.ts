import { expect } from "@open-wc/testing";
import { CreditsBalance } from "../credits-balance/credits-balance.ts";
import "../define.ts";
import { VERSION } from "../versions.ts";
import { defineElement } from "./define-element.ts";

describe("loading the kit", () => {
  const { warn } = console;
  let warnings: unknown[] = [];
  beforeEach(() => {
    warnings = [];
    console.warn = (text: unknown) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it("twice in one version is harmless and silent", async () => {
    await import("../define.ts");
    defineElement("credits-balance", class extends CreditsBalance {});
    expect(customElements.get("credits-balance")).to.equal(CreditsBalance);
    expect(warnings).to.deep.equal([]);
  });

  it("in two versions warns once and keeps the elements of the first", () => {
    const mark = Symbol.for("credits-kit.version");
    Reflect.set(globalThis, mark, "0.0.9");
    defineElement("credits-balance", class extends CreditsBalance {});
    defineElement("credits-session", class extends CreditsBalance {});
    Reflect.set(globalThis, mark, VERSION);
    expect(customElements.get("credits-balance")).to.equal(CreditsBalance);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain("0.0.9");
  });

  it("on a server registers nothing", () => {
    defineElement("credits-other", class extends CreditsBalance {}, undefined);
    expect(CreditsBalance.version).to.equal(VERSION);
  });
});
