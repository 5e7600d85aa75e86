import type { FastifyInstance } from "fastify";

/** `├── /visits (POST, GET, HEAD)`, four characters of drawing for each step down. */
const LINE = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/u;

/** Every route of a server that runs, as `METHOD /path`, read from its own router. */
export function routesOf(app: Pick<FastifyInstance, "printRoutes">): string[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const [, drawing, part, methods] = LINE.exec(line) ?? [];
      if (part === undefined) throw new Error(`not a line of routes: ${line}`);
      const depth = drawing!.length / 4;
      above.length = depth;
      above.push(part);
      const path = above.join("").replace("//", "/");
      return (methods?.split(", ") ?? []).filter((one) => one !== "HEAD").map((one) => `${one} ${path}`);
    });
}
