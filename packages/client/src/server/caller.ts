import type { Routes } from "@credits-kit/contract";
import type { Transport } from "./transport.ts";
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

/** The ways to call a route; each is safe to repeat, for a reason of its own. */
export interface Caller {
  /** GET. */
  read<Op extends Operation>(
    path: PathOf<Op>,
    input: ReadInput<Op>,
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** GET of what is read as it arrives. */
  stream(path: string, query: object, options?: CallOptions): Promise<Response>;

  /** PUT: the same content leads to the same state. */
  put<Op extends Operation>(
    path: PathOf<Op>,
    input: Place & { body: BodyOf<Op> },
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** POST under an Idempotency-Key, the caller's or one made for this call. */
  create<Op extends Operation>(
    path: PathOf<Op>,
    input: { id?: string; body: Keyed<BodyOf<Op>> },
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** PATCH under an Idempotency-Key, the caller's or one made for this call. */
  change<Op extends Operation>(
    path: PathOf<Op>,
    input: { id?: string; body: Keyed<BodyOf<Op>> },
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** POST without a body, under an Idempotency-Key made for this call. */
  act<Op extends Operation>(
    path: PathOf<Op>,
    place: string | Place,
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** DELETE under an Idempotency-Key made for this call. */
  remove<Op extends Operation>(
    path: PathOf<Op>,
    place: string | Place,
    options?: CallOptions,
  ): Promise<AnswerOf<Op>>;

  /** POST of what is safe to repeat by its own ids, or harmless. Never a replay, so the answer may promise more. */
  repeat<Op extends Operation, Answer extends AnswerOf<Op> = AnswerOf<Op>>(
    path: PathOf<Op>,
    input: { id?: string; body: BodyOf<Op> },
    options?: CallOptions,
  ): Promise<Answer>;
}

/** The ways to call a route over this transport. Types of answers are the contract's promise, and not checked again here. */
export function createCaller(transport: Transport): Caller {
  const act = <Op extends Operation>(
    method: "post" | "delete",
    { path, place, options }: { path: string; place: string | Place; options: CallOptions | undefined },
  ) =>
    transport<AnswerOf<Op>>(
      { method, path: placed(path, place), idempotencyKey: crypto.randomUUID() },
      options,
    );

  return {
    read: (path, input, options) =>
      transport({ method: "get", path: fillPath(path, input) + queryOf(input.query) }, options),
    stream: (path, query, options) =>
      transport.stream({ method: "get", path: path + queryOf(query) }, options),
    put: (path, input, options) => {
      const filled = fillPath(path, input) + queryOf(input.query);
      return transport({ method: "put", path: filled, body: input.body }, options);
    },
    create: (path, input, options) =>
      transport({ method: "post", path: fillPath(path, input), ...keyed(input.body) }, options),
    change: (path, input, options) =>
      transport({ method: "patch", path: fillPath(path, input), ...keyed(input.body) }, options),
    act: (path, place, options) => act("post", { path, place, options }),
    remove: (path, place, options) => act("delete", { path, place, options }),
    repeat: (path, input, options) =>
      transport({ method: "post", path: fillPath(path, input), body: input.body }, options),
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
