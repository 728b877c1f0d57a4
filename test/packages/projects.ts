/**
 * Host projects by the names of their files. A line that a checker must refuse ends in `wrong:` and the number of its
 * complaint.
 */
export const PLAIN = {
  "plain.ts": `import "@credits-kit/widgets/define";
import type { CreditsTopUpRequestEvent, FetchSession } from "@credits-kit/widgets";

const fetchSession: FetchSession = async () => ({ token: "t", expiresAt: "2026-01-01T00:00:00Z" });
const balance = document.createElement("credits-balance");
balance.fetchSession = fetchSession;
balance.variant = "compact";
balance.variant = "large"; // wrong: 2322
balance.addEventListener("credits-top-up-request", (event) => {
  event.preventDefault();
  const credits: string | undefined = event.detail.credits;
  const amount: number = credits; // wrong: 2322
  return amount;
});
const handle = (event: CreditsTopUpRequestEvent) => event.detail.creditTypeId;
document.querySelector("credits-utilization-portal")?.addEventListener("credits-top-up-request", handle);
document.querySelector("credits-usage-chart")?.retry();
document.querySelector("credits-usage-chart")?.reload(); // wrong: 2339
`,
  // What JSX of other frameworks is typed with.
  "props.ts": `import type { CreditsProps } from "@credits-kit/widgets/elements";

export const props: CreditsProps<"credits-balance"> = {
  "credit-type": "ai",
  hideUnit: true,
  "oncredits-top-up-succeeded": (event) => event.detail.topUpId,
  "oncredits-top-up-succeded": () => {}, // wrong: 2353
};
`,
  // Every tag and every event of the manifest is known to the DOM's own types.
  "maps.ts": `import type { CreditsElements } from "@credits-kit/widgets/elements";

type Tag = keyof CreditsElements;
type Events = { [Name in Tag]: CreditsElements[Name]["events"] };
type WrongTag = { [Name in Tag]: HTMLElementTagNameMap[Name] extends CreditsElements[Name]["element"] ? never : Name };
type WrongEvent = {
  [Name in Tag]: {
    [Type in keyof Events[Name]]: Type extends keyof HTMLElementEventMap
      ? HTMLElementEventMap[Type] extends Events[Name][Type]
        ? never
        : Type
      : Type;
  }[keyof Events[Name]];
};
type AnyOf<Map> = Map[keyof Map];

export const allTags: [AnyOf<WrongTag>] extends [never] ? true : AnyOf<WrongTag> = true;
export const allEvents: [AnyOf<WrongEvent>] extends [never] ? true : AnyOf<WrongEvent> = true;
export const control: [Tag] extends [never] ? true : Tag = true; // wrong: 2322
`,
};

export const REACT_19 = {
  "react-19.tsx": `import "@credits-kit/widgets/define";
import type {} from "@credits-kit/widgets/jsx";
import type { CreditsBalance, FetchSession } from "@credits-kit/widgets";
import { useRef } from "react";

export function Page({ fetchSession }: { fetchSession: FetchSession }) {
  const balance = useRef<CreditsBalance>(null);
  return (
    <credits-session fetchSession={fetchSession} className="credits" style={{ margin: 0 }}>
      <credits-balance
        ref={balance}
        key="balance"
        lang="de"
        variant="compact"
        credit-type="ai"
        resource="none"
        fraction-digits="2"
        hide-unit
        topUp="off"
        onClick={() => balance.current?.retry()}
        oncredits-top-up-request={(event) => {
          event.preventDefault();
          const amount: number = event.detail.credits; // wrong: 2322
          return amount;
        }}
      >
        <h2 slot="header">Credits</h2>
      </credits-balance>
      <credits-balance variant="large" /> {/* wrong: 2322 */}
      <credits-balance credit-type={1} /> {/* wrong: 2322 */}
      <credits-balance fraction-digits="many" /> {/* wrong: 2322 */}
      <credits-balance creditTyp="ai" /> {/* wrong: 2322 */}
      <credits-balance oncredits-top-up-requested={(event) => event} /> {/* wrong: 7006 */}
      <credits-blance /> {/* wrong: 2339 */}
      <credits-usage-chart range="7d" group-by="dimension:model" top={3} />
      <credits-usage-chart range="9d" /> {/* wrong: 2322 */}
      <credits-grants-table status="active" oncredits-grant-select={(event) => event.detail.grant.id} />
    </credits-session>
  );
}
`,
};

export const WRAPPER = {
  "wrapper.tsx": `import { CreditsBalance, type CreditsBalanceProps, CreditsSession } from "@credits-kit/react";
import { CreditsGrantsTable } from "@credits-kit/react/credits-grants-table";
import type { CreditsBalance as Balance, FetchSession } from "@credits-kit/widgets";
import { useRef } from "react";

const compact: CreditsBalanceProps = { variant: "compact", lang: "de" };

export function Page({ fetchSession }: { fetchSession: FetchSession }) {
  const balance = useRef<Balance>(null);
  return (
    <CreditsSession fetchSession={fetchSession} className="credits" style={{ margin: 0 }}>
      <CreditsBalance
        {...compact}
        ref={balance}
        key="balance"
        onClick={() => balance.current?.retry()}
        onTopUpRequest={(event) => {
          event.preventDefault();
          const amount: number = event.detail.credits; // wrong: 2322
          return amount;
        }}
      >
        <h2 slot="header">Credits</h2>
      </CreditsBalance>
      <CreditsBalance variant="large" /> {/* wrong: 2322 */}
      <CreditsBalance onTopUpRequested={() => {}} /> {/* wrong: 2322 */}
      <CreditsBalance requestUpdate={() => {}} /> {/* wrong: 2322 */}
      <CreditsGrantsTable selectable onGrantSelect={(event) => event.detail.grant.id} />
    </CreditsSession>
  );
}
`,
};

export const VUE = {
  "tsconfig.vue.json": JSON.stringify({
    extends: "./tsconfig.json",
    // Without it names that nobody knows pass.
    vueCompilerOptions: { strictTemplates: true },
    files: ["App.vue"],
  }),
  "App.vue": `<script setup lang="ts">
import "@credits-kit/widgets/define";
import type {} from "@credits-kit/widgets/vue";
import type { CreditsBalance, FetchSession } from "@credits-kit/widgets";
import { useTemplateRef } from "vue";

defineProps<{ fetchSession: FetchSession }>();
const balance = useTemplateRef<CreditsBalance>("balance");
const count = (credits: number) => credits;
</script>

<template>
  <credits-session :fetch-session="fetchSession" class="credits" style="margin: 0">
    <credits-balance
      ref="balance"
      key="balance"
      lang="de"
      variant="compact"
      credit-type="ai"
      fraction-digits="2"
      hide-unit
      @click="balance?.retry()"
      @credits-top-up-request="(event) => event.detail.credits?.length"
    >
      <h2 slot="header">Credits</h2>
    </credits-balance>
    <credits-balance :fractionDigits="2" :hide-unit="true" />
    <credits-balance variant="large" /> <!-- wrong: 2322 -->
    <credits-balance fraction-digits="many" /> <!-- wrong: 2322 -->
    <credits-balance credit-typ="ai" /> <!-- wrong: 2561 -->
    <credits-balance @credits-top-up-request="(event) => count(event.detail.credits)" /> <!-- wrong: 2345 -->
    <credits-balance @credits-top-up-requested="() => {}" /> <!-- wrong: 2561 -->
    <credits-usage-chart range="7d" group-by="dimension:model" :top="3" />
    <credits-grants-table selectable @credits-grant-select="(event) => event.detail.grant.id" />
  </credits-session>
</template>
`,
};

export const SVELTE = {
  "tsconfig.svelte.json": JSON.stringify({ extends: "./tsconfig.json", include: ["App.svelte"] }),
  "App.svelte": `<script lang="ts">
  import "@credits-kit/widgets/define";
  import type {} from "@credits-kit/widgets/svelte";
  import type { CreditsBalance, FetchSession } from "@credits-kit/widgets";

  const { fetchSession }: { fetchSession: FetchSession } = $props();
  let balance: CreditsBalance | undefined = $state();
  const count = (credits: number) => credits;
</script>

<credits-session {fetchSession} class="credits" style="margin: 0">
  <credits-balance
    bind:this={balance}
    lang="de"
    variant="compact"
    credit-type="ai"
    fraction-digits="2"
    hide-unit
    topUp="off"
    onclick={() => balance?.retry()}
    oncredits-top-up-request={(event) => event.detail.credits?.length}
  >
    <h2 slot="header">Credits</h2>
  </credits-balance>
  <credits-balance variant="large"></credits-balance> <!-- wrong: 2322 -->
  <credits-balance fraction-digits="many"></credits-balance> <!-- wrong: 2322 -->
  <credits-balance credit-typ="ai"></credits-balance> <!-- wrong: 2353 -->
  <credits-balance oncredits-top-up-request={(event) => count(event.detail.credits)}></credits-balance> <!-- wrong: 2345 -->
  <credits-balance oncredits-top-up-requested={() => {}}></credits-balance> <!-- wrong: 2353 -->
  <credits-usage-chart range="7d" group-by="dimension:model" top={3}></credits-usage-chart>
  <credits-grants-table selectable oncredits-grant-select={(event) => event.detail.grant.id}></credits-grants-table>
</credits-session>
`,
};
