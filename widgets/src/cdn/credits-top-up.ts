// <credits-top-up>, for a page without a bundler. It comes with <credits-balance>, since who buys credits has some: what
// the two share then stays one file, which a page with the balance alone loads in one piece.
import "./credits-balance.ts";
import "../credits-top-up/define.ts";
