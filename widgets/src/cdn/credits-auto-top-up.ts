// <credits-auto-top-up>, for a page without a bundler. It comes with <credits-balance>, as <credits-top-up> does.
import "./credits-balance.ts";
import "../credits-auto-top-up/define.ts";
