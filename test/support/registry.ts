import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { create, list } from "tar";
import { root } from "../runner/commands.ts";
import type { Tarball } from "../../packages/packing/src/pack.ts";
import { type Listening, listen } from "./widget-listen.ts";

/** What npm has to know of a version before it fetches it. */
const TOLD = [
  ...["name", "version", "dependencies", "optionalDependencies", "peerDependencies", "peerDependenciesMeta"],
  ...["bin", "engines", "os", "cpu", "libc"],
];

type Json = Readonly<Record<string, unknown>>;

/** One version of a package: what npm reads first, and what it unpacks. */
interface Release {
  readonly packageJson: Json;
  readonly tarball: Buffer;
}

/** The releases of each package, made when they are asked for. */
type Shelf = Map<string, Promise<Release>[] | (() => Promise<Release>[])>;

/**
 * A registry of npm on this machine: it has the packages of these tarballs, and what lies installed in the repository.
 * Anything else is not found, at once, so that an installation without a network says what it lacks.
 */
export async function startRegistry(tarballs: readonly Tarball[]): Promise<Listening> {
  const shelf = await installed();
  for (const { name, path } of tarballs) shelf.set(name, [packedRelease(path)]);
  return listen(
    createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://registry").pathname).slice(1);
      const [name = "", version] = path.split("/-/");
      const origin = `http://${request.headers.host}`;
      find(shelf, name)
        .then((found) =>
          version === undefined
            ? sendVersions(response, { name, found, origin })
            : sendTarball(response, { name, found, version }),
        )
        .catch((error: Error) => response.writeHead(500).end(JSON.stringify({ error: error.message })));
    }),
  );
}

async function find(shelf: Shelf, name: string): Promise<Release[] | undefined> {
  const found = shelf.get(name);
  const releases = typeof found === "function" ? found() : found;
  if (releases) shelf.set(name, releases);
  return releases && Promise.all(releases);
}

interface Asked {
  readonly name: string;
  readonly found: readonly Release[] | undefined;
}

function sendVersions(response: ServerResponse, { name, found, origin }: Asked & { origin: string }): void {
  if (!found) return sendMissing(response, `${name} is not installed in this repository`);
  const versions: Record<string, Json> = {};
  for (const { packageJson, tarball } of found) {
    const version = String(packageJson["version"]);
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    versions[version] = {
      ...Object.fromEntries(TOLD.map((key) => [key, packageJson[key]])),
      dist: { integrity, tarball: `${origin}/${name}/-/${version}` },
    };
  }
  const latest = Object.keys(versions).at(-1);
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ name, "dist-tags": { latest }, versions }));
}

function sendTarball(response: ServerResponse, { name, found, version }: Asked & { version: string }): void {
  const release = found?.find(({ packageJson }) => packageJson["version"] === version);
  if (!release) return sendMissing(response, `there is no ${name} ${version}`);
  response.writeHead(200, { "content-type": "application/octet-stream" }).end(release.tarball);
}

function sendMissing(response: ServerResponse, error: string): void {
  response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify({ error }));
}

/** What lies in the repository, by name; of several versions the one at the top of `node_modules`, the latest, is last. */
async function installed(): Promise<Shelf> {
  const parseLock: (text: string) => { packages: Record<string, { version?: string; link?: boolean }> } =
    JSON.parse;
  const { packages } = parseLock(await readFile(join(root, "package-lock.json"), "utf8"));
  const folders = new Map<string, Map<string, string>>();
  const deepestFirst = Object.entries(packages).sort(([one], [other]) => other.length - one.length);
  for (const [place, { version, link }] of deepestFirst) {
    const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? [];
    const folder = join(root, place);
    if (name === undefined || version === undefined || link || !existsSync(folder)) continue;
    const versions = folders.get(name) ?? new Map<string, string>();
    versions.delete(version);
    folders.set(name, versions.set(version, folder));
  }
  return new Map(
    [...folders].map(([name, versions]) => [name, () => [...versions.values()].map(installedRelease)]),
  );
}

const parse: (text: string) => Json = JSON.parse;

async function packedRelease(path: string): Promise<Release> {
  const found: Promise<Buffer>[] = [];
  await list({
    file: path,
    onReadEntry: (entry) => {
      if (entry.path === "package/package.json") found.push(entry.concat());
    },
  });
  const packageJson = parse(Buffer.concat(await Promise.all(found)).toString());
  return { packageJson, tarball: await readFile(path) };
}

async function installedRelease(place: string): Promise<Release> {
  // A link to a package would be packed as a link.
  const folder = await realpath(place);
  const packageJson = parse(await readFile(join(folder, "package.json"), "utf8"));
  // Not pressed: loopback is fast, and npm unpacks either.
  const tarball = await buffer(
    create({ cwd: folder, prefix: "package", portable: true, filter: isOwnFile }, ["."]),
  );
  return { packageJson, tarball };
}

/** Not what lies in it of others, nor what only debuggers read. */
const isOwnFile = (path: string) => !/(^|\/)node_modules(\/|$)|\.map$/.test(path);
