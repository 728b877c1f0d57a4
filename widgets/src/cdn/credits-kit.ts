// All elements, for a page without a bundler.
import "./api-base.ts";
import "../define.ts";
