import { EXAMPLE_OFFICE, type ExampleTime } from "./example-time.ts";

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
}
interface Description {
  readonly info: { readonly title: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, { readonly name?: string }>> };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The description as a page to read, with a command for each route that can be pasted into a shell. */
export function referencePage(description: Description, css: string, time: ExampleTime): string {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const cookie = description.components?.securitySchemes?.["staff"]?.name ?? "staff";
  const sections = (description.tags ?? []).map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    return `<h2>${escape(tag.description ?? tag.name)}</h2>${own.map((one) => section(one, example(one, cookie, time))).join("")}`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API: ${escape(description.info.title)}</title>
<link rel="stylesheet" href="${escape(css)}"></head><body><main class="main wide"><h1>${escape(description.info.title)} API</h1><p>${escape(description.info.description ?? "")}</p>
<p><a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>${sections.join("")}</main></body></html>`;
}

interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function section({ path, method, operation }: Route, command: string): string {
  const parameters = (operation.parameters ?? [])
    .map(
      (one) =>
        `<li><code>${escape(one.name)}</code> (${escape(one.in)}${one.required ? ", required" : ""}) ${escape(one.description ?? "")}</li>`,
    )
    .join("");
  return `<h3>${escape(operation.summary ?? path)}</h3><p><code>${method} ${escape(path)}</code></p>${parameters ? `<ul>${parameters}</ul>` : ""}<pre tabindex="0"><code>${escape(command)}</code></pre>`;
}

/** A request that works as it stands but for what the shell's variables name: a token, a cookie, ids of earlier answers. */
function example({ path, method, operation }: Route, cookie: string, time: ExampleTime): string {
  const [, , , kind] = path.split("/");
  const id = { offices: EXAMPLE_OFFICE, services: "pasaporte-adulto", draws: "$DRAW" }[kind ?? ""] ?? "$ID";
  const parts = [
    `curl -s${path.endsWith("/events") ? "N" : ""}${method === "GET" ? "" : ` -X ${method}`} "$ORIGIN${path.replace("{id}", id)}${queryOf(operation)}"`,
  ];
  const needs = (scheme: string) => operation.security?.some((one) => scheme in one);
  if (needs("session")) parts.push(`-H "Authorization: Bearer $TOKEN"`);
  if (needs("staff")) parts.push(`-b "${cookie}=$STAFF"`);
  if (operation.tags?.includes("console") && method !== "GET") parts.push(`-H "Origin: $ORIGIN"`);
  if (operation.parameters?.some((one) => one.name === "idempotency-key"))
    parts.push(`-H "Idempotency-Key: $(uuidgen)"`);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  if (schema) {
    const fixed = {
      localDate: time.localDate,
      startsAt: path.endsWith("/move") ? time.later : time.startsAt,
      signedOn: time.today,
      heldUntil: "$HELD_UNTIL",
    };
    // The shell fills in nothing between single quotes: a variable stands outside of them.
    const body = JSON.stringify(sample(schema, fixed, "")).replace(/\$[A-Z_]+/g, `'"$&"'`);
    parts.push(`-H "Content-Type: application/json" -d '${body}'`);
  }
  return parts.join(" \\\n  ");
}

/** What must be asked for in the address. */
function queryOf({ parameters = [] }: Operation): string {
  const asked = parameters
    .filter((one) => one.in === "query" && one.required && one.schema !== undefined)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sample(schema, {}, name)))}`);
  return asked.length === 0 ? "" : `?${asked.join("&")}`;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

/** The least that the schema takes. A text without an example is a variable of its own name; of several shapes the first. */
function sample(schema: unknown, fixed: Readonly<Record<string, unknown>>, name: string): unknown {
  const { type, properties, required, items, anyOf, ...given } = schema as JsonSchema;
  if (name in fixed) return fixed[name];
  if (given.example !== undefined) return given.example;
  if (given.enum) return given.enum[0];
  if (given.default !== undefined) return given.default;
  if (anyOf?.[0]) return sample(anyOf[0], fixed, name);
  if (type === "object" || properties)
    return Object.fromEntries(
      Object.entries(properties ?? {})
        .filter(([member]) => required?.includes(member))
        .map(([member, one]) => [member, sample(one, fixed, member)]),
    );
  if (type === "array") return [sample(items ?? {}, fixed, name)];
  if (type === "boolean") return false;
  if (type === "number" || type === "integer") return 1;
  return `$${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
