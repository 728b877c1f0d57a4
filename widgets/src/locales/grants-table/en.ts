import type { GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { english as common } from "../list/en.ts";

export const english: GrantsTableTexts = {
  ...common,
  title: "Credit grants",
  loading: "Loading your grants",
  columns: {
    createdAt: "Granted",
    amount: "Credits",
    remaining: "Remaining",
    status: "Status",
    source: "Source",
    effectiveAt: "Effective",
    expiresAt: "Expires",
    priority: "Priority",
  },
  allStatuses: "All statuses",
  statuses: {
    payment_pending: "Unpaid",
    scheduled: "Scheduled",
    active: "Active",
    depleted: "Used up",
    expired: "Expired",
    revoked: "Withdrawn",
    frozen: "Frozen",
  },
  expiringSoon: "Expiring soon",
  overdue: "Overdue",
  categories: { promo: "Promotion", recurring: "Recurring", paid: "Paid" },
  locked: "Locked until paid",
  never: "Never",
  shown: (count) => `Grants shown: ${count}`,
  noneMatch: "No grants match",
  forbidden: "You do not have access to these grants",
  error: "Your grants could not be loaded",
};
