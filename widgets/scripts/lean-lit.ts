import type { Plugin } from "vite";

/** Lit's style sheets, for browsers that construct them as all of ours do: our elements hand over nothing else. */
const CSS_TAG = `
  export const supportsAdoptingStyleSheets = true;
  export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
  export const getCompatibleStyle = (sheet) => sheet;
  export class CSSResult {}
  export const css = undefined;
  export const unsafeCSS = undefined;
`;

type Cut = [from: string, to?: string];

/** What none of our elements uses, as it stands in Lit's own minified files. A cut that no longer fits stops the build. */
const CUTS: Record<string, Cut[]> = {
  "@lit/reactive-element/reactive-element.js": [
    // Polyfills, and several copies of Lit on a page.
    [",p=a.reactiveElementPolyfillSupport"],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")'],
    // Decorators.
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;'],
    [
      "const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}",
    ],
    ["static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}"],
    [",void 0!==t.l&&(this.l=[...t.l])"],
    [",this.constructor.l?.forEach(t=>t(this))"],
    ["this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),"],
    [
      "const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}",
    ],
    // Attributes that hold JSON, converters, and defaults that come back.
    [";break;case Object:case Array:t=null==t?t:JSON.stringify(t)"],
    [";break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}"],
    ["(void 0!==i.converter?.toAttribute?i.converter:u)", "u"],
    [
      ',h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;',
      ",h=u;",
    ],
    ["||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))"],
    [
      "{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(",
      "{reflect:e}){(",
    ],
    ["(this.hasUpdated||i||(s=void 0)", "(this.hasUpdated||(s=void 0)"],
    ["r??this._$Ej?.get(e)??r", "r"],
    // Hooks.
    [
      "const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}",
      "return this.performUpdate(),!this.isUpdatePending}",
    ],
    ["t=this.shouldUpdate(s),t?(this.willUpdate(s)", "t=!0,this.willUpdate(s)"],
    ["this.update(s)):this._$EM()}", "this.update(s)}"],
    ["shouldUpdate(t){return!0}"],
    [",this.firstUpdated(t)"],
    ["firstUpdated(t){}"],
    ["{return this.getUpdateComplete()}getUpdateComplete()"],
    // Lists of style sheets, and controllers that leave.
    [
      "{const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i}",
      "{return[s??[]].flat()}",
    ],
    ["removeController(t){this._$EO?.delete(t)}"],
  ],
  "lit-html/lit-html.js": [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")'],
    // Directives.
    [
      "function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}",
      "const M=(t,i)=>i;",
    ],
    ["else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))"],
    [":6===r.type&&(i=new Z(h,this,t))", ":0"],
    ["this._$AV=[],this._$AN=void 0,", "this._$AV=[],"],
    ["this.type=2,this._$AH=A,this._$AN=void 0,", "this._$AH=A,"],
    ["this.type=1,this._$AH=A,this._$AN=void 0,", "this._$AH=A,"],
    ["constructor(){super(...arguments),this.type=3}"],
    ["constructor(){super(...arguments),this.type=4}"],
    ["constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}"],
    ["setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}"],
    ["this._$AP?.(!1,!0,s)"],
    [",this._$Cv=e?.isConnected??!0"],
    ["get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}"],
    ["get _$AU(){return this._$AM?._$AU??this._$Cv}"],
    [
      "get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}",
    ],
    ["get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}"],
    // Other documents, and content before which ours stands.
    ["(t?.creationScope??l).importNode", "l.importNode"],
    [
      "const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}",
      "let h=i._$litPart$;void 0===h&&(i._$litPart$=h=new k(i.appendChild(c()),null,void 0,s??{}));",
    ],
    // Templates of SVG and MathML alone, and compiled ones.
    ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")'],
    [
      "if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}",
      "this.el=S.createElement(f,e),P.currentNode=this.el.content;",
    ],
    [
      ',e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
      ",e=this._$AC(t);",
    ],
    // Expressions inside of elements of raw text, and inside of comments.
    ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', "(c=p)"],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    ],
    ["else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}", ";"],
    // Listeners that are objects, and options of listeners.
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      "this._$AH.call(this.options.host??this.element,t)",
    ],
    ["||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive"],
  ],
  "lit-element/lit-element.js": [
    [
      "createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}",
    ],
    [
      "connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}",
    ],
    ["this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),"],
    [",s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i})"],
    ['(s.litElementVersions??=[]).push("4.2.2");'],
  ],
};

/** Leaves out of Lit what serves browsers that we do not support, and what our elements do not use: a kilobyte. */
export function leanLit(): Plugin {
  return {
    name: "lean-lit",
    enforce: "pre",
    load: (id) => (/@lit\/reactive-element\/(node\/)?css-tag\.js$/.test(id) ? CSS_TAG : undefined),
    transform(code, id) {
      if (/lit(-html)?\/(async-)?directive/.test(id)) this.error(`${id}: the CDN build has no directives`);
      const cuts = Object.entries(CUTS).find(([name]) => id.endsWith(`/${name}`))?.[1];
      if (!cuts) return undefined;
      const lean = cuts.reduce((rest, [from, to = ""]) => {
        if (rest.split(from).length !== 2) this.error(`${id} is another Lit: ${from}`);
        return rest.replace(from, () => to);
      }, code);
      return { code: lean, map: null };
    },
  };
}
