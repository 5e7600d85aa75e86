import { operationsOf, sample, type Operation, type Schema } from "./bad-requests.ts";

/** What forms of the pages call their fields, those of people, addresses, codes and free words above all. */
const FORM_FIELDS = ["nombre", "apellido1", "correo", "celular", "folio", "codigo", "pin", "texto", "nota", "numero"];
/** Two letters a digit: no number stands in a canary that something else could have made. */
const SYLLABLES = ["qa", "xu", "zo", "ki", "wy", "vo", "ju", "qy", "xe", "zi"];

/** Where a text that was typed stands in plain, by intention. */
export const CREWS = "/console/plan/resources";
/** What headquarters calls a crew, and an office its tablet: about nobody, and it stands as it was typed. */
const NAMES_OF_THINGS = [CREWS, "/console/tablets"];

export interface Inlets {
  readonly origin: string;
  /** Headers by which a route of the console, or of a citizen, is reached. */
  readonly staff: readonly Record<string, string>[];
  readonly citizen: Record<string, string>;
  readonly canary: <Text extends string>(text: Text) => Text;
  /** Routes of the pages, as `METHOD /path`, beside those of the description. */
  readonly pages: readonly string[];
}
export interface Sown {
  /** Inlets that read what was sent: neither a limit nor a sign-in answered before. */
  readonly read: number;
  readonly inlets: number;
  readonly faults: readonly string[];
  /** Answers that gave a canary back as a header: a log of a proxy would keep it. */
  readonly echoed: readonly string[];
}

/**
 * Every route of the description and every form: a canary in its path, its query, and in each text of a body that is right
 * otherwise; a file of text goes where JSON is expected. None of it is taken care of: most of it is refused, and that is when things leak.
 */
export async function sowEveryInlet({ origin, staff, citizen, canary, pages }: Inlets): Promise<Sown> {
  let count = 0;
  const next = (): string =>
    canary(`pinzon${[...String(++count)].map((digit) => SYLLABLES[Number(digit)]).join("")}canario`);
  const description: unknown = await (await fetch(`${origin}/api/v1/openapi.json`)).json();
  const operations = operationsOf(description).filter((one) => !one.path.endsWith("/events"));
  const faults: string[] = [];
  const echoed: string[] = [];
  let [read, inlets] = [0, 0];
  const send = async (what: string, url: string, options: RequestInit, typed: readonly string[]): Promise<void> => {
    const answer = await fetch(`${origin}${url}`, { redirect: "manual", ...options });
    await answer.arrayBuffer();
    inlets++;
    if (answer.status >= 500) faults.push(`${what}: ${answer.status}`);
    if (![401, 403, 429].includes(answer.status)) read++;
    const headers = decodeURIComponent([...answer.headers.values()].join("\n").replaceAll("%", "%25"));
    if (typed.some((one) => headers.includes(one))) echoed.push(what);
  };

  for (const [index, operation] of operations.entries()) {
    const isConsole = operation.path.includes("/console/");
    // Signing out would end the inlets of all that follow.
    if (/sign-out|\/sessions\/end/.test(operation.path)) continue;
    const headers = isConsole ? staff[index % staff.length]! : citizen;
    const what = `${operation.method} ${operation.path}`;
    const inPath = operation.path.includes("{") ? next() : undefined;
    const inQuery = next();
    const filled = operation.path.replace(/\{\w+\}/g, inPath ?? "");
    const address = `${filled}?${queryOf(operation, inQuery)}`;
    const where = address.startsWith("/api/") || address.startsWith("/open/") ? address : `/api/v1${address}`;
    const typed = [inQuery, ...(inPath === undefined ? [] : [inPath])];
    if (operation.method === "GET") {
      await send(what, where, { headers }, typed);
      continue;
    }
    const words = next();
    // The control sends the one of a crew.
    const isOfAThing = NAMES_OF_THINGS.some((one) => operation.path.endsWith(one));
    const body =
      operation.body === undefined || isOfAThing
        ? undefined
        : withCanary(sample(operation.body), operation.body, words);
    const json = { ...headers, "content-type": "application/json", "idempotency-key": next() };
    await send(
      what,
      where,
      { method: operation.method, headers: json, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
      [...typed, words],
    );
    const file = new FormData();
    file.set("archivo", new Blob([next()]), `${next()}.txt`);
    await send(`${what} with a file`, where, { method: operation.method, headers, body: file }, []);
  }
  for (const page of pages) {
    const [method, path] = page.split(" ") as [string, string];
    const [inPath, inQuery] = [next(), next()];
    const url = `${path.replace(/:\w+|\*/g, inPath)}?de=${inQuery}`;
    const fields = FORM_FIELDS.map((name) => [name, next()] as [string, string]);
    const post = { method, headers: { "x-forwarded-for": next() }, body: new URLSearchParams(fields) };
    await send(page, url, method === "POST" ? post : { headers: { "user-agent": next() } }, [inQuery]);
  }
  return { read, inlets, faults, echoed };
}

function queryOf({ parameters }: Operation, words: string): string {
  const names = parameters.filter((one) => one.in === "query").map((one) => one.name);
  return (names.length === 0 ? ["de"] : names).map((name) => `${name}=${words}`).join("&");
}

/** A right body with one text of it, or one member too many, that is a canary. Choices and numbers get it too: a refusal may repeat them. */
function withCanary(good: unknown, schema: Schema, words: string): unknown {
  if (typeof good !== "object" || good === null || Array.isArray(good)) return words;
  const texts = Object.entries(schema.properties ?? {}).filter(([, one]) => one.type === "string");
  const [name] = texts.find(([, one]) => one.enum === undefined && one.format === undefined) ?? texts[0] ?? ["sobra"];
  return { ...good, [name]: words };
}
