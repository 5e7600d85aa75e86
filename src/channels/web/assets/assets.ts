import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { fileUrls } from "../urls.ts";

/** Where the pages find their styles, icon and scripts. */
export interface Assets {
  readonly css: string;
  readonly icon?: string | undefined;
  /** The styles of the screens in halls. */
  readonly hallCss?: string | undefined;
  readonly kioskCss?: string | undefined;
  /** The addresses of `src/client`, by the names of the files without their ending. */
  readonly scripts?: Readonly<Record<string, string>> | undefined;
  /** The folder that is served; without it something else serves it. */
  readonly directory?: string | undefined;
}

/** Names carry the digest of what they hold, so nobody ever asks again. */
const MAX_AGE = "365d";

/** What the build left in `dist`, by the manifest it wrote. */
export function assetsFrom(dist: string): Assets {
  const directory = resolve(dist, "public");
  const manifest = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")) as Record<string, string>;
  const css = manifest["site.css"];
  if (css === undefined) throw new Error("the build holds no styles: run npm run build");
  const icon = manifest["icon.svg"];
  const hallCss = manifest["hall.css"];
  const kioskCss = manifest["kiosk.css"];
  const scripts = Object.entries(manifest)
    .filter(([name]) => name.endsWith(".js"))
    .map(([name, file]) => [name.slice(0, -".js".length), `${fileUrls.assets}/${file}`]);
  return {
    css: `${fileUrls.assets}/${css}`,
    icon: icon && `${fileUrls.assets}/${icon}`,
    hallCss: hallCss && `${fileUrls.assets}/${hallCss}`,
    kioskCss: kioskCss && `${fileUrls.assets}/${kioskCss}`,
    scripts: Object.fromEntries(scripts) as Record<string, string>,
    directory,
  };
}

/** Serves the files as the build compressed them, and nothing that was not there at the start. */
export function serveAssets(app: FastifyInstance, { directory }: Assets): void {
  if (directory === undefined) return;
  void app.register(fastifyStatic, {
    root: directory,
    prefix: `${fileUrls.assets}/`,
    wildcard: false,
    index: false,
    decorateReply: false,
    preCompressed: true,
    maxAge: MAX_AGE,
    immutable: true,
  });
}
