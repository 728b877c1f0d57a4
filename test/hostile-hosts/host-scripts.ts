/** What other people's scripts do to a page before ours come. */

/** But for names that are options of the platform or of Lit: with `currency` nobody could write an amount. */
const ENUMERABLE = `
  Array.prototype.extra = function () { return this.length; };
  Array.prototype.last = "last";
  Object.prototype.x = "polluted";
  String.prototype.shout = function () { return this.toUpperCase(); };
  Number.prototype.times = function () {};
  Function.prototype.curry = function () { return this; };
`;

/** As Prototype 1.6 has it, whose names the platform took later. */
const PROTOTYPE_JS = `
  Array.prototype.toJSON = function () { return "[" + this.map((item) => JSON.stringify(item)).join(", ") + "]"; };
  String.prototype.toJSON = function () { return String(this); };
  Array.prototype.entries = function () { return this.slice(); };
  Array.prototype.include = Array.prototype.includes;
  Array.prototype.find = function (test) { for (let i = 0; i < this.length; i++) if (test(this[i], i)) return this[i]; };
  Array.prototype.reverse = function (inline) { const all = []; for (const item of this) all.unshift(item);
    if (inline !== false) all.forEach((item, i) => (this[i] = item)); return inline === false ? all : this; };
  Function.prototype.bind = function (context, ...first) { const method = this;
    return function (...rest) { return method.apply(context, [...first, ...rest]); }; };
  Element.prototype.remove = function () { this.parentNode?.removeChild(this); return this; };
  Element.prototype.update = function (text) { this.textContent = text; return this; };
  Element.prototype.hide = function () { this.style.display = "none"; return this; };
  Element.prototype.show = function () { this.style.display = ""; return this; };
  Element.prototype.select = function (selector) { return [...this.querySelectorAll(selector)]; };
  Event.prototype.stop = function () { this.preventDefault(); this.stopPropagation(); };
  window.$ = (id) => document.getElementById(id);
  window.Template = window.Hash = window.Class = function () {};
`;

/** What chart.js cannot stand on: Prototype's list of what has a length, and a type that everything has. */
export const UNDRAWABLE: readonly string[] = [
  "Array.from = (list) => Array.prototype.slice.call(list, 0);",
  'Object.prototype.type = "polluted";',
];

/** As analytics, monitoring and zones wrap what they watch. */
const WRAPPERS = `
  const seen = (window.analytics = []);
  const { fetch, setTimeout, Promise: Real } = window;
  window.fetch = async function (...args) { seen.push(String(args[0])); const answer = await fetch.apply(this, args); answer.ok; return answer; };
  window.setTimeout = (work, ...rest) => setTimeout(typeof work === "function" ? (...args) => work(...args) : work, ...rest);
  window.Promise = class ZonePromise extends Real {};
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const wrapped = new WeakMap();
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (typeof listener === "function" && !wrapped.has(listener))
      wrapped.set(listener, function (...args) { return listener.apply(this, args); });
    return addEventListener.call(this, type, wrapped.get(listener) ?? listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    return removeEventListener.call(this, type, wrapped.get(listener) ?? listener, options);
  };
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) { const root = attachShadow.call(this, options); root.watched = true; return root; };
  for (const name of ["pushState", "replaceState"]) { const before = history[name]; history[name] = function (...args) { return before.apply(this, args); }; }
`;

/** As a page does that trusts nobody: an assignment that would shadow a name of these throws in a module. */
const FROZEN = `
  const kinds = [Object, Array, Function, String, Number, Boolean, BigInt, Symbol, Date, RegExp, Error, TypeError, RangeError,
    Map, Set, WeakMap, WeakSet, WeakRef, Promise, Proxy, URL, URLSearchParams, AbortController, Event, CustomEvent, EventTarget];
  for (const kind of kinds) { if (kind.prototype) Object.freeze(kind.prototype); Object.freeze(kind); }
  for (const one of [Math, JSON, Reflect, Intl, Intl.NumberFormat.prototype, Intl.DateTimeFormat.prototype]) Object.freeze(one);
`;

/** What runs before the elements' script. All elements work as ever. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  "what libraries, analytics and zones add, take and wrap": ENUMERABLE + PROTOTYPE_JS + WRAPPERS,
  "frozen intrinsics": FROZEN,
};

const named = (names: readonly string[], tag: string, attribute: string): string =>
  names.map((name) => `<${tag} ${attribute}="${name}"></${tag}>`).join("");

/**
 * Elements whose ids and names stand in for what scripts look for. Ours are put into the form; `parentElement` and
 * `defaultView` are left out, since what drives the browser in tests reads them.
 */
export const CLOBBERED = `
  ${named(
    [
      ...[
        "customElements",
        "fetch",
        "navigator",
        "credits",
        "process",
        "global",
        "litNonce",
        "litHtmlVersions",
      ],
      ...[
        "litElementVersions",
        "reactiveElementVersions",
        "litPropertyMetadata",
        "ShadyCSS",
        "ShadyDOM",
        "Chart",
      ],
      ...["Stripe", "define", "module", "exports", "amount", "title", "dialog", "checkout", "base", "status"],
    ],
    "a",
    "id",
  )}
  <a id="Stripe" name="version"></a>
  <form id="trustedTypes"><input name="createPolicy"></form>
  <form id="config"><input id="apiBase"></form>
  ${named(
    [
      ...[
        "location",
        "currentScript",
        "cookie",
        "body",
        "head",
        "forms",
        "domain",
        "URL",
        "baseURI",
        "title",
      ],
      ...["activeElement", "visibilityState", "hidden", "adoptedStyleSheets", "fonts", "scripts"],
      ...[
        "documentElement",
        "readyState",
        "dir",
        "styleSheets",
        "getElementById",
        "querySelector",
        "hasFocus",
      ],
      ...["getAnimations", "elementFromPoint", "referrer", "designMode", "characterSet"],
    ],
    "img",
    "name",
  )}
  <form id="place">${named(
    [
      ...["attributes", "parentNode", "children", "getRootNode", "closest", "lang", "dir", "id"],
      ...["isConnected", "ownerDocument", "querySelector", "remove", "append", "style", "hidden", "nodeType"],
      ...["addEventListener", "dispatchEvent", "getBoundingClientRect", "localName", "firstChild", "tagName"],
    ],
    "input",
    "name",
  )}</form>`;
