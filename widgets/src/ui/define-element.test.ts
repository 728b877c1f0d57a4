import { expect } from "@open-wc/testing";
import { CreditsBalance } from "../credits-balance/credits-balance.ts";
import "../define.ts";
import { warningsOf } from "../testing/warnings.ts";
import { VERSION } from "../versions.ts";
import { defineElement } from "./define-element.ts";

describe("loading the kit", () => {
  it("twice in one version is harmless and silent", async () => {
    const warnings = await warningsOf(async () => {
      await import("../define.ts");
      defineElement("credits-balance", class extends CreditsBalance {});
    });
    expect(customElements.get("credits-balance")).to.equal(CreditsBalance);
    expect(warnings).to.deep.equal([]);
  });

  it("in two versions warns once and keeps the elements of the first", async () => {
    const mark = Symbol.for("credits-kit.version");
    Reflect.set(globalThis, mark, "0.0.9");
    const warnings = await warningsOf(() => {
      defineElement("credits-balance", class extends CreditsBalance {});
      defineElement("credits-session", class extends CreditsBalance {});
    });
    Reflect.set(globalThis, mark, VERSION);
    expect(customElements.get("credits-balance")).to.equal(CreditsBalance);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain("0.0.9");
  });

  it("registers elsewhere when it is told to", () => {
    // Not every browser lets a page make one of its own; each frame has another one.
    const frame = document.body.appendChild(document.createElement("iframe"));
    const registry = frame.contentWindow?.customElements;
    defineElement("credits-other", class extends CreditsBalance {}, registry);
    expect(registry?.get("credits-other")).not.to.equal(undefined);
    expect(customElements.get("credits-other")).to.equal(undefined);
    frame.remove();
  });
});
