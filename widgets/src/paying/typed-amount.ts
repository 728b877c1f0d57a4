/** Digits of Arabic and Persian keyboards, in blocks of sixteen. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** Spaces, marks of direction and apostrophes, which only ever group digits. */
const SPACES = /[\s\u061c\u200e\u200f'’]/g;
const AMOUNT = /^\d{1,12}(\.\d{1,6})?$/;

/**
 * Reads an amount as people type it in their language, such as "1.000,5" in German, into a decimal of the wire.
 * Nothing for what is no amount, or could be read in two ways.
 */
export function readAmount(typed: string, lang: string): string | undefined {
  const plain = typed.replace(DIGITS, (digit) => String(digit.charCodeAt(0) % 16)).replace(SPACES, "");
  const { group, decimal } = separatorsOf(lang);
  const [whole = "", ...fraction] = plain.split(decimal);
  const groups = whole.split(group);
  // By threes, or as in India by twos with three at the end.
  const isGrouped = /^\d{1,3}(,\d{2,3})*,\d{3}$/.test(groups.join(","));
  const isForeign = groups.length > 1 ? !isGrouped : fraction.length === 0;
  // "1.5" in German has the point of another keyboard. "1,000" in Arabic may be one or a thousand: it is neither.
  const text = isForeign ? plain.replace(/[.,](?=\d{1,2}$)/, ".") : [groups.join(""), ...fraction].join(".");
  const amount = text.replace(/^0+(?=\d)/, "");
  return AMOUNT.test(amount) && /[1-9]/.test(amount) ? amount : undefined;
}

/** Writes an amount of the wire as it is typed, for a field to begin with. */
export function typedAmount(amount: string, lang: string): string {
  return amount.replace(".", separatorsOf(lang).decimal);
}

function separatorsOf(lang: string) {
  const parts = new Intl.NumberFormat(lang).formatToParts(12345.6);
  const find = (type: string) => parts.find((part) => part.type === type)?.value;
  // A group sign that is a space is gone already.
  return { group: find("group")?.trim() || ",", decimal: find("decimal") ?? "." };
}
