import { registerHooks } from "node:module";

// Preloaded into a product: whoever asks for anything of the sandbox ends it.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.includes("stripe-sandbox")) throw new Error("the sandbox was asked for");
    return next(specifier, context);
  },
});
