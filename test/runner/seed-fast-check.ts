import fc from "fast-check";

// Loaded before each test file of a run: properties that name no seed of their own take the run's.
const seed = process.env["CREDITS_KIT_SEED"];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
