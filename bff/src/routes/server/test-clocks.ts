import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { advanceTestClock } from "../../services/test-clocks/advance.ts";
import { createTestClock } from "../../services/test-clocks/create.ts";
import { deleteTestClock } from "../../services/test-clocks/delete.ts";
import { getTestClock } from "../../services/test-clocks/get.ts";
import { listTestClocks } from "../../services/test-clocks/list.ts";

export const testClockHandlers = {
  createTestClock: handle(routes.createTestClock, ({ deps, call, body }) =>
    createTestClock(deps, call, body),
  ),
  listTestClocks: handle(routes.listTestClocks, ({ deps, query }) => listTestClocks(deps, query)),
  getTestClock: handle(routes.getTestClock, ({ deps, params }) => getTestClock(deps, params.id)),
  advanceTestClock: handle(routes.advanceTestClock, ({ deps, call, params, body }) =>
    advanceTestClock(deps, call, { id: params.id, to: body.to }),
  ),
  deleteTestClock: handle(routes.deleteTestClock, ({ deps, call, params }) =>
    deleteTestClock(deps, call, params.id),
  ),
};
