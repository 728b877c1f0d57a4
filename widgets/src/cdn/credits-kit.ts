// All elements, for a page without a bundler.
import "./credits-top-up.ts";
