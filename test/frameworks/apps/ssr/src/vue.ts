import { createSSRApp } from "vue";
import Page from "./vue-page.vue";

createSSRApp(Page, { api: document.body.dataset["api"] }).mount("#app");
