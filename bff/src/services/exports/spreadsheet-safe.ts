/**
 * How text begins that a spreadsheet takes for a formula: with one of these, also full-width, also behind blanks, which
 * some drop, and behind the apostrophes that were put in front of it before.
 */
const FORMULA = /^['\s\u200b\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Text that a spreadsheet shows and never computes: an apostrophe in front where it would. To get the text itself back,
 * drop the first apostrophe of what matches this behind one.
 */
export function spreadsheetSafe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
