import { z } from "zod";
import type { SandboxControl } from "./control.ts";

/** A command of the control API, its arguments as JSON sent them. */
export type Command = (control: SandboxControl, input: Record<string, unknown>) => unknown;

function command<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (control: SandboxControl, input: z.output<z.ZodObject<Shape>>) => unknown,
): Command {
  const strict = z.strictObject(shape);
  return (control, input) => run(control, strict.parse(input));
}

const id = z.string();
const entry = {
  card: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
  promotionCode: z.string().optional(),
  save: z.boolean().optional(),
};
const faultShape = {
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  path: z.string().optional(),
  times: z.int().min(1).optional(),
  kind: z.enum(["status", "timeout_after_success", "drop", "delay", "hold"]),
  status: z.int().min(400).max(599).optional(),
  afterWork: z.boolean().optional(),
  milliseconds: z.int().min(0).optional(),
};
const settingsShape = z
  .strictObject({
    taxPercent: z.number().min(0).max(100),
    paymentMethodTypes: z.array(z.enum(["card", "us_bank_account"])).min(1),
    searchLagSeconds: z.int().min(0),
    eventsPerFact: z.union([z.literal(1), z.literal(2)]),
    refundStatus: z.enum(["succeeded", "pending", "failed"]),
  })
  .partial();
const deliveryShape = z
  .strictObject({
    copies: z.int().min(1).max(50),
    drop: z.boolean(),
    delay: z.int().min(0),
    order: z.enum(["as_created", "reversed", "shuffled"]),
  })
  .partial();

/** The part of `value` that is not undefined. */
function given<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const copy: { [Key in keyof T]?: Exclude<T[Key], undefined> } = {};
  Object.assign(copy, Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)));
  return copy;
}

/** Every command by its name, that of the method of {@link SandboxControl}. */
export const commands: Record<string, Command> = {
  setWebhook: command(
    { url: z.url(), secret: z.string().min(1), previousSecret: z.string().optional() },
    (control, target) => control.setWebhook(target),
  ),
  addFault: command(faultShape, (control, fault) => control.addFault(fault)),
  clearFaults: command({}, (control) => control.clearFaults()),
  releaseHeld: command({}, (control) => control.releaseHeld()),
  setDelivery: (control, input) => control.setDelivery(given(deliveryShape.parse(input))),
  pauseWebhooks: command({}, (control) => control.pauseWebhooks()),
  resumeWebhooks: command({}, (control) => control.resumeWebhooks()),
  webhooksIdle: command({}, (control) => control.webhooksIdle()),
  deliver: command({ event: id }, (control, { event }) => control.deliver(event)),
  configure: (control, input) => control.configure(given(settingsShape.parse(input))),
  failRefund: command({ refund: id }, (control, { refund }) => control.failRefund(refund)),
  settleRefund: command({ refund: id }, (control, { refund }) => control.settleRefund(refund)),
  openDispute: command(
    {
      charge: id,
      amount: z.int().min(1).optional(),
      reason: z.string().optional(),
      status: z.enum(["needs_response", "warning_needs_response", "under_review"]).optional(),
    },
    (control, { charge, ...start }) => control.openDispute(charge, start),
  ),
  moveDispute: command({ dispute: id, status: z.string() }, (control, { dispute, status }) =>
    control.moveDispute(dispute, status),
  ),
  closeDispute: command(
    { dispute: id, status: z.enum(["won", "lost", "warning_closed"]) },
    (control, { dispute, status }) => control.closeDispute(dispute, status),
  ),
  warnOfFraud: command({ charge: id }, (control, { charge }) => control.warnOfFraud(charge)),
  advanceClock: command({ seconds: z.number() }, (control, { seconds }) => control.advanceClock(seconds)),
  clearRequests: command({}, (control) => control.clearRequests()),
  completeCheckout: command({ session: id, ...entry }, (control, { session, ...rest }) =>
    control.completeCheckout(session, rest),
  ),
  completeAuthentication: command({ payment: id, confirmed: z.boolean().optional() }, (control, input) =>
    control.completeAuthentication(input.payment, input.confirmed),
  ),
  payInvoice: command({ invoice: id, card: z.string().optional() }, (control, { invoice, card }) =>
    control.payInvoice(invoice, { card }),
  ),
  settlePayment: command(
    { payment: id, outcome: z.enum(["succeeded", "failed"]) },
    (control, { payment, outcome }) => control.settlePayment(payment, outcome),
  ),
};
