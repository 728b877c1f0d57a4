import { after, before } from "node:test";
import { createServerClient, type ServerClient } from "@credits-kit/client/server";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./chromium.ts";
import { type ProductProcess, startProductProcess } from "./product.ts";

/** The product as it is started, with the demo studio and the sandbox, and a browser: one for all tests of a file. */
export interface Studio {
  readonly product: ProductProcess;
  readonly demoUrl: string;
  readonly browser: Browser;
  readonly client: ServerClient;
  /** What a customer has of the studio's tokens. */
  tokensOf(customerId: string): Promise<number>;
}

/** Starts the studio before the tests of a file and ends it after them. @returns where to find it meanwhile */
export function useStudio(): () => Studio {
  let studio: Studio | undefined;
  before(async () => {
    const [product, browser] = await Promise.all([
      startProductProcess({ env: { SEED_DEMO: "true" } }),
      launchBrowser(),
    ]);
    const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
    const tokensOf = async (customerId: string) => {
      const { balances } = await client.customers.balances(customerId);
      return Number(balances.find(({ creditTypeId }) => creditTypeId === "ai-tokens")?.balance ?? 0);
    };
    studio = { product, browser, client, demoUrl: product.demoUrl ?? "", tokensOf };
  });
  after(async () => {
    await studio?.browser.close();
    await studio?.product[Symbol.asyncDispose]();
  });
  return () => {
    if (!studio) throw new Error("the studio is open during tests only");
    return studio;
  };
}
