import type { PlanInForce } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { writePrice } from "../paying/money.ts";
import { unitFor } from "../ui/unit.ts";
import type { PortalView } from "./portal-view.ts";

/** The plans that the customer is on, what a credit costs, and which come by themselves. */
export function renderPlans(view: PortalView, plans: readonly PlanInForce[]) {
  const { texts } = view;
  return html`
    <section class="section" part="section">
      <div class="head"><h2 class="title" part="title">${texts.plans}</h2></div>
      ${plans.length === 0 ? html`<p class="note">${texts.noPlan}</p>` : nothing}
      <ul class="rows">
        ${plans.map((plan) => renderPlan(view, plan, plans))}
      </ul>
    </section>
  `;
}

function renderPlan(view: PortalView, plan: PlanInForce, all: readonly PlanInForce[]) {
  const { texts, lang, day } = view;
  const { name, price, isAgreed, creditType, resourceId, endsAt } = plan;
  const priceText = price && texts.perCredit(writePrice(price, lang), creditType.unit.singular);
  const about = resourceId ? `${creditType.name} · ${resourceId}` : creditType.name;
  return html`
    <li class="row wide" part="row">
      <span>
        <b class="plan">${name}</b>
        <span class="caption">${about}</span>
        ${includedLines(view, plan, all).map((line) => html`<span class="caption">${line}</span>`)}
        ${endsAt ? html`<span class="caption warning">${texts.ends(day(Date.parse(endsAt)))}</span>` : nothing}
      </span>
      ${priceText ? html`<span><b>${priceText}</b>${isAgreed ? html`<span class="caption">${texts.agreed}</span>` : nothing}</span>` : nothing}
    </li>
  `;
}

function includedLines(view: PortalView, plan: PlanInForce, all: readonly PlanInForce[]): string[] {
  const { included, creditType, resourceId, seats } = plan;
  if (!included) return [];
  const { texts, amount, formats, ready } = view;
  const { credits, every, perSeat } = included;
  const what = texts.included(amount(credits), unitFor(credits, creditType.unit), every);
  const pool = ready.pools.balances.find(
    (one) => one.creditTypeId === creditType.id && one.resourceId === resourceId,
  );
  const feeders = all.filter(
    (one) => one.included && one.creditType.id === creditType.id && one.resourceId === resourceId,
  );
  // The pool says when it gets some next, not of which plan.
  const when = feeders.length === 1 && pool?.nextRefreshAt;
  return [
    perSeat ? `${what} ${texts.perSeat(amount(String(seats)))}` : what,
    ...(when ? [texts.next(formats.distance(Date.parse(when)))] : []),
  ];
}
