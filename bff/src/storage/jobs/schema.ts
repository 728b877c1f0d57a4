/** Where the queue's tables are: apart from ours, and from a queue that the host may have in the same database. */
export const JOBS_SCHEMA = "credits_kit_jobs";
