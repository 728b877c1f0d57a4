import { after, before, describe } from "node:test";
import {
  oneEngine,
  type Engine,
  Shop,
  startTestApp,
  type TestApp,
  type TestClient,
  useTestApp,
} from "../../bff/src/test-support/index.ts";

/** A shop, and the replica that serves it. */
export interface Counter {
  readonly app: TestApp;
  readonly client: TestClient;
  readonly shop: Shop;
}

/** The product as it is deployed: one BFF, or two that share a database. */
export interface Deployment {
  readonly replicas: number;
  /** How often a race is run: the embedded database takes one call after the other anyway, and its time. */
  readonly rounds: number;
  readonly app: () => TestApp;
  /** The shop over the first replica, for what need not be asked at once. */
  readonly shop: Shop;
  /** The replicas by turns: two numbers that follow one another are two replicas, if there are two. */
  at(turn: number): Counter;
  /** Asks at once, of the replicas by turns; the answers come in the order of the turns. */
  atOnce<Result>(times: number, ask: (counter: Counter, turn: number) => Promise<Result>): Promise<Result[]>;
}

/**
 * Runs tests where most can go wrong: on Postgres with two replicas, and without one on the embedded database, which
 * belongs to one process. Every test is followed by an audit.
 */
export function onTwoReplicas(run: (deployment: Deployment) => void): void {
  oneEngine((engine) => {
    if (engine.name === "Postgres") describe("two replicas", () => run(deploy(engine, 2)));
    else describe("one replica", () => run(deploy(engine, 1)));
  });
}

function deploy(engine: Engine, replicas: number): Deployment {
  const others: TestApp[] = [];
  // Before the first replica, which takes the database with it.
  after(() => Promise.all(others.map((other) => other.close())));
  const app = useTestApp(engine);
  const shops = Array.from({ length: replicas }, (_, index) => new Shop(() => appAt(index).client));
  const appAt = (turn: number): TestApp => (turn % replicas === 0 ? undefined : others[0]) ?? app();
  const shop = new Shop(() => app().client);
  before(async () => {
    for (let more = 1; more < replicas; more += 1) {
      others.push(await startTestApp(engine, { shared: app().testDatabase }));
    }
    await shop.open();
  });
  const at = (turn: number): Counter => ({
    app: appAt(turn),
    client: appAt(turn).client,
    shop: shops[turn % replicas] ?? shop,
  });
  return {
    replicas,
    rounds: engine.name === "Postgres" ? 6 : 1,
    app,
    shop,
    at,
    atOnce: (times, ask) => Promise.all(Array.from({ length: times }, (_, turn) => ask(at(turn), turn))),
  };
}
