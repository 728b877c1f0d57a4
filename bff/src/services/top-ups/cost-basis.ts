import { currencyExponent, divideHalfUp, ONE_CREDIT } from "@credits-kit/amounts";

const DECIMALS = 12;

/** What was paid for each credit, in major units: to twelve decimals, rounded half up once. */
export function costBasisOf({
  paidMinor,
  currency,
  credits,
}: {
  paidMinor: bigint;
  currency: string;
  credits: bigint;
}): { amount: string; currency: string } {
  const unit = 10n ** BigInt(currencyExponent(currency));
  const steps = divideHalfUp(paidMinor * ONE_CREDIT * 10n ** BigInt(DECIMALS), credits * unit);
  const digits = steps.toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return { amount: `${digits.slice(0, -DECIMALS)}${fraction ? `.${fraction}` : ""}`, currency };
}
