import { cdnPages } from "./cdn-pages.ts";
import { documentedBlocks } from "./documented.ts";
import { appPreparations, exampleApps } from "./example-apps.ts";
import { oneElement } from "./one-element.ts";
import { readmeApps, readmePreparations } from "./readme-apps.ts";
import { serverPages, serverPreparations } from "./server-pages.ts";
import { useWorld } from "./world.ts";

// One file, so that there is one product, one browser and one cache of packages for all of it.
const access = useWorld({ ...appPreparations, ...readmePreparations, ...serverPreparations });

documentedBlocks();
oneElement(access);
cdnPages(access);
exampleApps(access);
readmeApps(access);
serverPages(access);
