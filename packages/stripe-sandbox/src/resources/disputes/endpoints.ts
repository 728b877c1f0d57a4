import { z } from "zod";
import { before } from "../../events/before.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage } from "../../http/listing.ts";
import { created, flag, mergeMetadata, metadata, paging, text } from "../../http/params.ts";
import { need } from "../../world.ts";
import { closeDispute, moveDispute } from "./dispute.ts";

/** Disputes and early fraud warnings: the control API makes them. */
export const disputeEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/disputes",
    params: {
      ...paging,
      charge: text.optional(),
      created: created.optional(),
      payment_intent: text.optional(),
    },
    run({ world, params }) {
      const disputes = world.store.disputes.newestFirst();
      return narrowedPage(disputes, {
        url: "/v1/disputes",
        params,
        where: { charge: params.charge, payment_intent: params.payment_intent },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/disputes/:id",
    params: {},
    run: ({ world, id }) => need(world.store.disputes, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/disputes/:id",
    params: {
      evidence: z.record(z.string(), text).optional(),
      metadata: metadata.optional(),
      submit: flag.optional(),
    },
    run({ world, params, id }) {
      const dispute = need(world.store.disputes, id);
      const previous = before(dispute);
      Object.assign(dispute.evidence, params.evidence);
      dispute.evidence_details.has_evidence ||= params.evidence !== undefined;
      dispute.metadata = mergeMetadata(dispute.metadata, params.metadata);
      if (params.evidence && params.submit !== false) {
        dispute.evidence_details.submission_count += 1;
        dispute.evidence_details.submission_method = "manual";
        return moveDispute(
          world,
          dispute,
          dispute.status.startsWith("warning_") ? "warning_under_review" : "under_review",
        );
      }
      world.emit("charge.dispute.updated", dispute, previous());
      return dispute;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/disputes/:id/close",
    params: {},
    run: ({ world, id }) => closeDispute(world, need(world.store.disputes, id), "lost"),
  }),
  endpoint({
    method: "get",
    path: "/v1/radar/early_fraud_warnings",
    params: {
      ...paging,
      charge: text.optional(),
      created: created.optional(),
      payment_intent: text.optional(),
    },
    run({ world, params }) {
      const warnings = world.store.earlyFraudWarnings.newestFirst();
      return narrowedPage(warnings, {
        url: "/v1/radar/early_fraud_warnings",
        params,
        where: { charge: params.charge, payment_intent: params.payment_intent },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/radar/early_fraud_warnings/:id",
    params: {},
    run: ({ world, id }) => need(world.store.earlyFraudWarnings, id),
  }),
];
