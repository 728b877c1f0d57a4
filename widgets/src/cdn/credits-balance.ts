// One element, for a page without a bundler.
import "./api-base.ts";
import "../credits-balance/define.ts";
