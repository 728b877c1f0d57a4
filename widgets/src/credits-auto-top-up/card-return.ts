import { PageReturn } from "../paying/page-return.ts";

/** The way back from the page on which a card is added. */
export const cardReturn = new PageReturn("credits_card_setup");
