import type { TestClock } from "@credits-kit/contract";
import { pageOfTestClocks } from "../../storage/customers/test-clocks.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { onlyInTest } from "./only-in-test.ts";
import { toTestClock } from "./to-test-clock.ts";

/** Lists test clocks, the newest first. @throws ServiceError `forbidden` in a live deployment */
export async function listTestClocks(deps: Deps, query: PageQuery): Promise<Listing<TestClock>> {
  onlyInTest(deps);
  const scope = { list: "test-clocks" };
  return listing(await pageOfTestClocks(deps.database, pageRequest(query, scope)), scope, toTestClock);
}
