interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
}
interface Description {
  readonly info: { readonly title: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The description as a page to read, with a command for each route that can be pasted into a shell. */
export function referencePage(description: Description, css: string): string {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = (description.tags ?? []).map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    return `<h2>${escape(tag.description ?? tag.name)}</h2>${own.map(section).join("")}`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API: ${escape(description.info.title)}</title>
<link rel="stylesheet" href="${escape(css)}"></head><body><main class="main wide"><h1>${escape(description.info.title)} API</h1><p>${escape(description.info.description ?? "")}</p>
<p><a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>${sections.join("")}</main></body></html>`;
}

function section({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const parameters = (operation.parameters ?? [])
    .map(
      (one) =>
        `<li><code>${escape(one.name)}</code> (${escape(one.in)}${one.required ? ", required" : ""}) ${escape(one.description ?? "")}</li>`,
    )
    .join("");
  return `<h3>${escape(operation.summary ?? path)}</h3><p><code>${method} ${escape(path)}</code></p>${parameters ? `<ul>${parameters}</ul>` : ""}<pre tabindex="0"><code>${escape(example(path, method, operation))}</code></pre>`;
}

/** A request that works as it stands but for the token. */
function example(path: string, method: string, operation: Operation): string {
  const url = `$ORIGIN${path.replace("{id}", path.includes("/offices/") ? "fresno" : path.includes("/services/") ? "pasaporte-adulto" : "$ID")}`;
  const parts = [`curl -s${method === "GET" ? "" : ` -X ${method}`} "${url}"`];
  if (operation.security) parts.push(`-H "Authorization: Bearer $TOKEN"`);
  if (operation.parameters?.some((one) => one.name === "idempotency-key"))
    parts.push(`-H "Idempotency-Key: $(uuidgen)"`);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  if (schema) parts.push(`-H "Content-Type: application/json" -d '${JSON.stringify(sample(schema))}'`);
  return parts.join(" \\\n  ");
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

function sample(schema: unknown): unknown {
  const { type, properties, required, items, enum: choices, example: given, default: fallback } = schema as JsonSchema;
  if (given !== undefined) return given;
  if (choices) return choices[0];
  if (fallback !== undefined) return fallback;
  if (type === "object" || properties)
    return Object.fromEntries(
      Object.entries(properties ?? {})
        .filter(([name]) => required?.includes(name))
        .map(([name, one]) => [name, sample(one)]),
    );
  if (type === "array") return [sample(items ?? {})];
  if (type === "boolean") return false;
  if (type === "number" || type === "integer") return 1;
  return "…";
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
