import { readElements } from "./read-elements.ts";
import { readEndpoints } from "./read-endpoints.ts";
import { readPackages } from "./read-packages.ts";
import type { PublicThing } from "./surface.ts";

/** The whole public surface as it stands in the sources. */
export async function readSurface(): Promise<PublicThing[]> {
  return [...(await readElements()), ...(await readPackages()), ...readEndpoints()];
}
