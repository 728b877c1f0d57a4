import "@credits-kit/widgets/credits-balance/define";
import "@credits-kit/widgets/credits-session/define";
import { fetchSession } from "./session.ts";

const find = <Name extends keyof HTMLElementTagNameMap>(tag: Name, selector = "") => {
  const element = document.querySelector<HTMLElementTagNameMap[Name]>(tag + selector);
  if (!element) throw new Error(`The page has no ${tag}${selector}`);
  return element;
};

const session = find("credits-session");
const balance = find("credits-balance");
const workspace = find("select");
const status = find("p");

session.fetchSession = () => fetchSession(workspace.value);
workspace.addEventListener("change", () => (session.customer = workspace.value));

balance.addEventListener("credits-top-up-request", (event) => {
  event.preventDefault();
  status.textContent = `More ${event.detail.creditTypeId} for ${workspace.value}`;
});

find("button", "#compact").addEventListener("click", () => {
  balance.variant = balance.variant === "compact" ? "card" : "compact";
});
find("button", "#shown").addEventListener("click", () => {
  if (session.isConnected) session.remove();
  else status.before(session);
});
