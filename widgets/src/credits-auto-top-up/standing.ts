import type { WidgetAutoTopUp } from "@credits-kit/client/widget";
import { writeMoney } from "../paying/money.ts";
import { type AutoTopUpView, creditsText } from "./auto-top-up-view.ts";

/** What the person should know first, and the one thing to do about it. */
export interface Standing {
  tone: "waiting" | "warn" | "bad" | "calm";
  title: string;
  hint: string;
  action?: "add_card" | "confirm" | "raise_limit" | "resume" | "invoice" | undefined;
}

/** How the auto top-up stands, where that is more than that it waits; nothing while all is well. */
export function standingText(view: AutoTopUpView): Standing | undefined {
  const { settings, texts, formats, lang } = view;
  if (!settings?.rule) return undefined;
  const { state, inFlight, problem, nextTryAt, rule } = settings;
  const when = nextTryAt ? formats.distance(Date.parse(nextTryAt)) : "";
  if (inFlight && state !== "action_required") {
    const [bought, total] = [creditsText(inFlight.credits, view), writeMoney(inFlight.total, lang)];
    if (!inFlight.invoice)
      return { tone: "waiting", title: texts.inFlight(bought, total), hint: texts.inFlightHint };
    const title = texts.invoiceSent(bought, total);
    return { tone: "warn", title, hint: texts.invoiceHint, action: "invoice" };
  }
  if (state === "action_required")
    return { tone: "warn", title: texts.confirm, hint: texts.confirmHint, action: "confirm" };
  if (!rule.enabled) return undefined;
  switch (state) {
    case "limit_reached": {
      const hint = texts.limitReachedHint(writeMoney(roomOf(settings), lang));
      return { tone: "warn", title: texts.limitReached, hint, action: "raise_limit" };
    }
    case "cooling_down":
      if (!problem) return { tone: "calm", title: texts.coolingDown, hint: texts.coolingDownHint(when) };
      return {
        tone: "bad",
        title: texts.failed,
        hint: `${problemText(view)} ${texts.failedHint(when)}`,
        action: "resume",
      };
    case "suspended":
      return { tone: "bad", title: texts.suspended, hint: problemText(view), action: remedyOf(settings) };
    default:
      return problem
        ? { tone: "bad", title: texts.noCard, hint: problemText(view), action: remedyOf(settings) }
        : undefined;
  }
}

function problemText({ settings, texts }: AutoTopUpView): string {
  return texts.problems[settings?.problem?.code ?? ""] ?? texts.otherProblem;
}

function remedyOf({ problem }: WidgetAutoTopUp): Standing["action"] {
  const remedy = problem?.remedy;
  return remedy === "add_card" || remedy === "raise_limit" || remedy === "resume" ? remedy : undefined;
}

/** What is left of the month's limit. */
function roomOf({ rule, spentThisMonth, inFlight }: WidgetAutoTopUp) {
  const limit = rule?.monthlyLimit?.amountMinor ?? 0;
  const used = spentThisMonth.amountMinor + (inFlight?.total.amountMinor ?? 0);
  return { ...spentThisMonth, amountMinor: Math.max(0, limit - used) };
}
