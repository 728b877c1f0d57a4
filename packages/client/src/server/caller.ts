import type { Routes } from "@credits-kit/contract";
import type { ApiRequest, Transport } from "./transport.ts";
import type { AnswerOf, BodyOf, CallOptions, Keyed, Operation, QueryOf } from "./wire-types.ts";

/** The path of a route as the contract writes it, so that a wrong one does not compile. */
type PathOf<Op extends Operation> = Routes[Op]["path"];

/** What fills a path and follows it. */
interface PathParts {
  id?: string;
  creditType?: string;
  paymentMethodId?: string;
}
interface Place extends PathParts {
  query?: { resourceId?: string };
}

interface ReadInput<Op extends Operation> extends PathParts {
  query?: QueryOf<Op>;
}

/** The ways to call a route. */
export type Caller = ReturnType<typeof createCaller>;

/** The ways to call a route; each is safe to repeat, for a reason of its own. */
export function createCaller(transport: Transport) {
  // The answer's type is the contract's promise; it is not checked again here.
  const send = <Op extends Operation>(request: ApiRequest, options?: CallOptions) =>
    transport<AnswerOf<Op>>(request, options);

  return {
    /** GET. */
    read: <Op extends Operation>(path: PathOf<Op>, input: ReadInput<Op>, options?: CallOptions) =>
      send<Op>({ method: "get", path: fillPath(path, input) + queryOf(input.query) }, options),

    /** GET of what is read as it arrives. */
    stream: (path: string, query: object, options?: CallOptions) =>
      transport.stream({ method: "get", path: path + queryOf(query) }, options),

    /** PUT: the same content leads to the same state. */
    put: <Op extends Operation>(
      path: PathOf<Op>,
      input: Place & { body: BodyOf<Op> },
      options?: CallOptions,
    ) =>
      send<Op>(
        { method: "put", path: fillPath(path, input) + queryOf(input.query), body: input.body },
        options,
      ),

    /** POST under an Idempotency-Key, the caller's or one made for this call. */
    create: <Op extends Operation>(
      path: PathOf<Op>,
      input: { id?: string; body: Keyed<BodyOf<Op>> },
      options?: CallOptions,
    ) => send<Op>({ method: "post", path: fillPath(path, input), ...keyed(input.body) }, options),

    /** PATCH under an Idempotency-Key, the caller's or one made for this call. */
    change: <Op extends Operation>(
      path: PathOf<Op>,
      input: { id?: string; body: Keyed<BodyOf<Op>> },
      options?: CallOptions,
    ) => send<Op>({ method: "patch", path: fillPath(path, input), ...keyed(input.body) }, options),

    /** POST without a body, under an Idempotency-Key made for this call. */
    act: <Op extends Operation>(path: PathOf<Op>, place: string | Place, options?: CallOptions) =>
      send<Op>({ method: "post", path: placed(path, place), idempotencyKey: crypto.randomUUID() }, options),

    /** DELETE under an Idempotency-Key made for this call. */
    remove: <Op extends Operation>(path: PathOf<Op>, place: string | Place, options?: CallOptions) =>
      send<Op>({ method: "delete", path: placed(path, place), idempotencyKey: crypto.randomUUID() }, options),

    /** POST of what is safe to repeat by its own ids, or harmless. Never a replay, so the answer may promise more. */
    repeat: <Op extends Operation, Answer extends AnswerOf<Op> = AnswerOf<Op>>(
      path: PathOf<Op>,
      input: { id?: string; body: BodyOf<Op> },
      options?: CallOptions,
    ) => transport<Answer>({ method: "post", path: fillPath(path, input), body: input.body }, options),
  };
}

/** The key apart from the body that it came with; one is made where none came. */
function keyed<Body extends { idempotencyKey?: string }>({
  idempotencyKey = crypto.randomUUID(),
  ...body
}: Body) {
  return { body, idempotencyKey };
}

function placed(path: string, place: string | Place): string {
  if (typeof place === "string") return fillPath(path, { id: place });
  return fillPath(path, place) + queryOf(place.query);
}

/** Puts ids into a path. URLs resolve `.` and `..` even when escaped, so such an id would reach another route. */
function fillPath(path: string, { id, creditType, paymentMethodId }: PathParts): string {
  return Object.entries({ id, creditType, paymentMethodId }).reduce((filled, [name, value]) => {
    if (value === undefined) return filled;
    if (value === "" || value === "." || value === "..")
      throw new TypeError(`"${value}" cannot be used as an id in a path`);
    return filled.replace(`:${name}`, () => encodeURIComponent(value));
  }, path);
}

function queryOf(query: object | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(key, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}
