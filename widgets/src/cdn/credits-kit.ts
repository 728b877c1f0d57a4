// All elements, for a page without a bundler.
import "./credits-balance.ts";
