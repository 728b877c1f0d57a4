import { ServiceError } from "../errors.ts";
import { isUnavailable } from "../storage/unavailable.ts";

/** What a caller is told of any error: a ServiceError as it is, a database out of reach as overload, else nothing. */
export function translateError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (isUnavailable(error)) {
    return new ServiceError(
      "overloaded",
      "The database cannot answer at the moment: send the same request again.",
      {
        retryAfterSeconds: 1,
        cause: error,
      },
    );
  }
  return new ServiceError("internal", "Something went wrong on our side. Tell us the request id.", {
    cause: error,
  });
}
