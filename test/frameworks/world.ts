import { after, before } from "node:test";
import { createServerClient, type ServerClient } from "@credits-kit/client/server";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { packedTarballs } from "../support/packed.ts";
import { type ProductProcess, startProductProcess } from "../support/product.ts";
import { startRegistry } from "../support/registry.ts";
import { type AppFolder, emptyFolder, forgetPackages } from "./app-folder.ts";

/** Customers of the example apps, and what they begin with. */
const WORKSPACES = { acme: "5000", globex: "800" };

/** What hosts meet: the product, a browser, and folders in which the packages are installed. One for all tests of a file. */
export interface World {
  readonly product: ProductProcess;
  readonly browser: Browser;
  readonly client: ServerClient;
  /** What a customer has, as an element in English writes it. */
  tokensOf(customerId: string): Promise<string>;
  /** Burns ten tokens for each. */
  makeImages(customerId: string, quantity: number): Promise<void>;
}

/** Where tests find it: the world, and a prepared folder's path as soon as it is ready. */
export interface WorldAccess {
  world(): World;
  pathOf(name: string): Promise<string>;
}

/** Makes a folder, given the registry's address. */
export type Preparation = (folder: AppFolder, registry: string) => Promise<void>;

/**
 * Starts the world before the tests of a file and ends it after them. Folders are prepared meanwhile, one after the other:
 * one that fails fails who asks for it.
 */
export function useWorld(preparations: Readonly<Record<string, Preparation>>): WorldAccess {
  let world: World | undefined;
  const starting = {
    product: startProductProcess({ env: { SEED_DEMO: "true" } }),
    browser: launchBrowser(),
  };
  // Who waits for one of them hears of its failure; the other is ended all the same.
  for (const start of Object.values(starting)) start.catch(ignored);
  // Packing and building keep this process so busy that it would hear too late that the product is ready.
  const ready = Promise.allSettled(Object.values(starting));
  const registry = ready.then(packedTarballs).then(startRegistry);
  const folders = new Map<string, Promise<AppFolder>>();
  let turn: Promise<unknown> = registry;
  for (const [name, prepare] of Object.entries(preparations)) {
    const folder = turn.then(async () => make(prepare, (await registry).origin));
    folders.set(name, folder);
    turn = folder.catch(ignored);
  }
  before(async () => {
    world = worldOf(await starting.product, await starting.browser);
    for (const [id, amount] of Object.entries(WORKSPACES)) await openAccount(world.client, { id, amount });
  });
  after(async () => {
    for (const folder of folders.values()) await (await folder.catch(ignored))?.[Symbol.asyncDispose]();
    await (await registry)[Symbol.asyncDispose]();
    await starting.browser.then((browser) => browser.close(), ignored);
    await starting.product.then((product) => product[Symbol.asyncDispose](), ignored);
    await forgetPackages();
  });
  return {
    world: () => {
      if (!world) throw new Error("the world is there during tests only");
      return world;
    },
    pathOf: async (name) => {
      const folder = await folders.get(name);
      if (!folder) throw new Error(`nobody prepares ${name}`);
      return folder.path;
    },
  };
}

const ignored = () => undefined;

async function make(prepare: Preparation, registry: string): Promise<AppFolder> {
  const folder = await emptyFolder();
  try {
    await prepare(folder, registry);
    return folder;
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

function worldOf(product: ProductProcess, browser: Browser): World {
  const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
  return {
    product,
    browser,
    client,
    async tokensOf(customerId) {
      const { balances } = await client.customers.balances(customerId);
      const tokens = balances.find(({ creditTypeId }) => creditTypeId === "ai-tokens");
      return new Intl.NumberFormat("en").format(Number(tokens?.balance));
    },
    async makeImages(customerId, quantity) {
      const event = { id: crypto.randomUUID(), customerId, featureId: "image", quantity };
      const { results } = await client.events.report([event]);
      if (results[0]?.status !== "applied") throw new Error(`the event was ${results[0]?.status}`);
    },
  };
}

async function openAccount(client: ServerClient, { id, amount }: { id: string; amount: string }) {
  await client.customers.create({ id, name: id });
  await client.subscriptions.create({ customerId: id, planId: "studio" });
  await client.grants.create({ customerId: id, creditTypeId: "ai-tokens", amount, category: "promo" });
}
