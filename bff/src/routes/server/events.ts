import { routes } from "@credits-kit/contract";
import { handle, handleUnparsed } from "../../http/handle.ts";
import { answerEvents } from "../../services/events/answer.ts";
import { listEvents } from "../../services/events/list.ts";
import { reverseEvent } from "../../services/events/reverse.ts";

export const eventHandlers = {
  // Each item of a batch is judged on its own, so the body is not parsed as one.
  reportEvents: handleUnparsed(routes.reportEvents, ({ deps, call, body }) => answerEvents(deps, call, body)),
  listEvents: handle(routes.listEvents, ({ deps, query }) => listEvents(deps, query)),
  reverseEvent: handle(routes.reverseEvent, ({ deps, call, body }) => reverseEvent(deps, call, body)),
};
