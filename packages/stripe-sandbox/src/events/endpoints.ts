import { z } from "zod";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { page, within } from "../http/listing.ts";
import { created, flag, paging, text } from "../http/params.ts";
import { need } from "../world.ts";
import type { Deliveries } from "./deliveries.ts";

/** The record of all events. */
export function eventEndpoints(deliveries: Deliveries): Endpoint[] {
  return [
    endpoint({
      method: "get",
      path: "/v1/events",
      params: {
        ...paging,
        created: created.optional(),
        delivery_success: flag.optional(),
        type: text.optional(),
        types: z.array(text).max(20).optional(),
      },
      run({ world, params }) {
        const events = world.store.events
          .newestFirst()
          .filter(({ type }) => fits(params.type, type))
          .filter(
            ({ type }) => params.types === undefined || params.types.some((wanted) => fits(wanted, type)),
          )
          .filter((event) => within(params.created, event.created))
          .filter(
            ({ id }) => (params.delivery_success ?? deliveries.succeeded(id)) === deliveries.succeeded(id),
          );
        return page(events, "/v1/events", params);
      },
    }),
    endpoint({
      method: "get",
      path: "/v1/events/:id",
      params: {},
      run: ({ world, id }) => need(world.store.events, id),
    }),
  ];
}

/** `charge.*` stands for every event of charges. */
function fits(wanted: string | undefined, type: string): boolean {
  if (wanted === undefined || wanted === "*") return true;
  return wanted.endsWith(".*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
