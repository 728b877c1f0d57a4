/** What other people's style sheets say. None of it may be seen inside an element. */

/** Every inherited property that is no decision about our text: letters and lines as no element of ours has them. */
const INHERITED = `
  letter-spacing: 0.5em !important;
  word-spacing: 1em !important;
  line-height: 3 !important;
  text-transform: uppercase !important;
  text-indent: 3em !important;
  text-align: right !important;
  text-shadow: 2px 2px 1px red !important;
  text-wrap: nowrap !important;
  text-decoration: none !important;
  white-space: nowrap !important;
  word-break: break-all !important;
  overflow-wrap: anywhere !important;
  hyphens: auto !important;
  font-style: italic !important;
  font-variant: small-caps !important;
  font-weight: 900 !important;
  quotes: none !important;
  border-collapse: separate !important;
  border-spacing: 9px !important;
  color: rgb(200, 1, 2) !important;
  fill: lime !important;
  -webkit-text-fill-color: orange !important;
  text-underline-offset: 9px !important;
  accent-color: lime !important;
`;

/** As resets, frameworks and old sites write them, at their worst. */
const TAGS = `
  *, *::before, *::after { box-sizing: content-box !important; transition: all 1s; }
  button { all: unset !important; }
  button, input, select, textarea { margin: 20px !important; padding: 30px !important; border: 9px dotted red !important;
    border-radius: 0 !important; background: yellow !important; font: 30px/3 cursive !important; float: right; appearance: none !important; }
  table { width: 50px !important; table-layout: fixed !important; border: 5px solid red !important; font-size: 40px !important; }
  table td, table th { padding: 40px !important; border: 5px solid red !important; white-space: pre !important; display: inline !important; }
  tr:nth-child(odd) { background: pink !important; }
  svg, canvas, img { display: none !important; }
  h1, h2, h3, p, ul, li, fieldset, legend, label, details, summary { margin: 50px !important; font-size: 50px !important; color: red !important; }
  a { color: lime !important; text-decoration: line-through !important; }
  [hidden] { display: block !important; }
  dialog { display: none !important; }
  dialog::backdrop { background: red !important; }
  .base, .head, .title, .figure, .message, .pool, .row, .form, .controls, .visually-hidden { display: none !important; }
  :root { --_text: red; --_surface: lime; --_accent: lime; --_muted: red; --_border: red; }
  :focus, :focus-visible { outline: none !important; }
  ::selection { background: red; }
  @keyframes breathe { to { transform: rotate(90deg); } }
`;

/** Sheets after which an element has the very pixels that it had before. */
export const HARMLESS: Readonly<Record<string, string>> = {
  "rules for tags and classes": TAGS,
  "inherited text, set on everything": `* { ${INHERITED} }`,
  "a root of 62.5 %": "html { font-size: 62.5%; } body { font-size: 1.6rem; }",
};

/** Sheets that take everything from every element of the page, the host elements among them. */
export const STRIPPING: Readonly<Record<string, string>> = {
  "all unset": `* { all: unset !important; }`,
  "all initial, pseudo-elements too": `*, *::before, *::after { all: initial !important; }`,
};
