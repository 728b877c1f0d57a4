export const NONCE = "cmFuZG9t";

/** Runs before anything else on a page, so that no violation is missed; they are in `globalThis.violations`. */
export const COLLECTOR = `<script nonce="${NONCE}">
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample));
</script>`;

/** No style-src, no unsafe-anything, and nothing of Stripe's: whatever an element did against it is refused and reported. */
export const policyFor = (api: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}' ${api}`,
    `connect-src 'self' ${api}`,
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ].join("; ");
