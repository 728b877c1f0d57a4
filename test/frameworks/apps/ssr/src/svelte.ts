import { hydrate } from "svelte";
import Page from "./svelte-page.svelte";

const { api = "" } = document.body.dataset;
const target = document.querySelector("#app");
if (target) hydrate(Page, { target, props: { api } });
