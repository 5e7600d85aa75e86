import { randomUUID } from "node:crypto";
import type { InjectOptions } from "fastify";
import { hasForbiddenCharacters } from "#kernel/text.ts";
import { pick } from "./chance.ts";
import {
  HOSTILE_HEADERS,
  HOSTILE_IDS,
  HOSTILE_JSON,
  HOSTILE_QUERIES,
  HOSTILE_TEXTS,
  WRONG_TYPES,
  brokenBodies,
  hostileText,
} from "./hostile.ts";

export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly (string | number)[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  /** Null is an answer too: never in a description, set when it is read. */
  readonly mayBeNull?: boolean | undefined;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly body: Schema | undefined;
}
export interface BadRequest {
  readonly what: string;
  readonly options: InjectOptions;
  /** Reading may succeed whatever stands beside the address; writing may not. */
  readonly mayAnswer: boolean;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { parameters?: Operation["parameters"]; requestBody?: { content: Record<string, { schema: Schema }> } }
        >
      >
    >
  >;
}

export function operationsOf(document: unknown): Operation[] {
  return Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      method: method.toUpperCase() as Operation["method"],
      path,
      parameters: one.parameters ?? [],
      body: withAnyOf(one.requestBody?.content["application/json"]?.schema),
    })),
  );
}

/** Bodies told apart by a member are `oneOf`, and read like any other choice. */
function withAnyOf(body: Schema | undefined): Schema | undefined {
  return body && (JSON.parse(JSON.stringify(body).replaceAll('"oneOf":', '"anyOf":')) as Schema);
}

/** A crew of any name is a crew: only at an office that is not there nothing comes of it. */
function leadingNowhere({ path, body }: Operation): Schema | undefined {
  if (!path.endsWith("/plan/resources") || body?.properties?.["officeId"] === undefined) return body;
  return { ...body, properties: { ...body.properties, officeId: { type: "string", example: "ninguna" } } };
}

/** One request to a route that is wrong in exactly one respect, and right in every other. */
export function badRequest(operation: Operation, headers: Record<string, string>, random: () => number): BadRequest {
  const { method } = operation;
  const body = leadingNowhere(operation);
  const isRead = method === "GET";
  const good = body === undefined ? "" : JSON.stringify(sample(body));
  const request = (
    what: string,
    change: Partial<{ path: string; payload: string | Buffer; headers: Record<string, string> }>,
    mayAnswer = false,
  ): BadRequest => ({
    what: `${method} ${operation.path}: ${what}`,
    mayAnswer,
    options: {
      method,
      url: change.path ?? addressOf(operation),
      payload: change.payload ?? (good === "" ? undefined : good),
      headers: {
        ...headers,
        "idempotency-key": randomUUID(),
        ...(good === "" && change.payload === undefined ? {} : { "content-type": "application/json" }),
        ...change.headers,
      },
    },
  });

  const ways: (() => BadRequest)[] = [];
  if (body !== undefined) for (let i = 0; i < 6; i++) ways.push(() => mutated(body));
  if (!isRead)
    ways.push(
      () => brokenBody(),
      () => wrongType(),
    );
  if (operation.path.includes("{")) ways.push(() => wrongId());
  if (isRead)
    ways.push(
      () => wrongQuery(),
      () => wrongHeader(),
    );
  if (operation.parameters.some((one) => one.name === "idempotency-key")) ways.push(() => wrongKey());
  return pick(ways, random)();

  function mutated(schema: Schema): BadRequest {
    const { what, text } = mutate(schema, random);
    return request(what, { payload: text });
  }
  function brokenBody(): BadRequest {
    const payload = random() < 0.001 ? Buffer.alloc(10 * 2 ** 20, 0x20) : pick(brokenBodies(good), random);
    return request(`body of ${payload.length} bytes beginning ${JSON.stringify(payload.toString("latin1", 0, 40))}`, {
      payload,
      headers: { "content-type": "application/json" },
    });
  }
  function wrongType(): BadRequest {
    const type = pick(WRONG_TYPES, random);
    return request(`content type ${type}`, { payload: good === "" ? "{}" : good, headers: { "content-type": type } });
  }
  function wrongId(): BadRequest {
    const id = pick(HOSTILE_IDS, random);
    return request(`id ${id}`, { path: addressOf(operation, id) });
  }
  function wrongQuery(): BadRequest {
    const query = pick(HOSTILE_QUERIES, random);
    return request(`query ${query.slice(0, 80)}`, { path: `${addressOf(operation)}?${query}` }, true);
  }
  function wrongHeader(): BadRequest {
    const wrong = pick(HOSTILE_HEADERS, random);
    return request(`headers ${JSON.stringify(wrong).slice(0, 80)}`, { headers: wrong }, true);
  }
  function wrongKey(): BadRequest {
    const key = pick(
      [
        "",
        "short",
        "x".repeat(101),
        "with a space in it",
        "tab\tin it....",
        "clave-ñandú-ó",
        "a,b;c=d e",
        "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f",
      ],
      random,
    );
    return request(`idempotency key ${JSON.stringify(key)}`, { headers: { "idempotency-key": key } });
  }
}

function addressOf(operation: Operation, id?: string): string {
  const known = operation.path.includes("/offices/")
    ? "fresno"
    : operation.path.includes("/services/")
      ? "matricula-consular"
      : randomUUID();
  return operation.path.replace(/\{[a-z]+\}/gi, id ?? known);
}

/** A value that the schema takes: of what leads nowhere, because nothing of that id, place or code is there. */
export function sample(schema: Schema, name = ""): unknown {
  if (schema.anyOf) return sample(schema.anyOf[0]!, name);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  // A list that may be left out has a member here, which can be wrong.
  if (schema.default !== undefined && schema.type !== "array") return schema.default;
  switch (schema.type) {
    case "object": {
      const known = Object.entries(schema.properties ?? {}).map(([key, one]) => [key, sample(one, key)] as const);
      const free =
        typeof schema.additionalProperties === "object" && known.length === 0
          ? [["pregunta", sample(schema.additionalProperties)] as const]
          : [];
      return Object.fromEntries([...known, ...free]);
    }
    case "array":
      return [sample(schema.items ?? {}, name)];
    case "boolean":
      return false;
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    default:
      return textFor(name, schema.pattern);
  }
}

const UUID = "[0-9a-f]{8}-";
function textFor(name: string, pattern: string | undefined): string {
  if (pattern?.includes(UUID)) return randomUUID();
  if (pattern !== undefined) return "x".repeat(30);
  return (
    {
      address: "nadie@ejemplo.invalid",
      code: "123456",
      folio: "0000-0000-00000",
      secondSurname: "Prueba",
      otherName: "",
    }[name] ?? "algo"
  );
}

/** The text of a sample in which one member is wrong. */
function mutate(root: Schema, random: () => number): { what: string; text: string } {
  const places: { path: (string | number)[]; schema: Schema; isRequired: boolean }[] = [];
  collect(root, [], true);
  const { path, schema, isRequired } = pick(places, random);
  const value = sample(root);
  const name = path.join(".") || "the body";
  const raw = (written: string): { what: string; text: string } => {
    const mark = `mark-${randomUUID()}`;
    return {
      what: `${name} = ${written.slice(0, 120)}`,
      text: JSON.stringify(put(value, path, mark)).replace(JSON.stringify(mark), () => written),
    };
  };
  const ways: (() => { what: string; text: string })[] = [
    () => raw(pick(wrongValues(schema), random)),
    () => raw(pick(HOSTILE_JSON, random)),
  ];
  if (schema.type === "string")
    ways.push(
      () => raw(JSON.stringify(wrongText(schema, random))),
      () => raw(JSON.stringify(wrongText(schema, random))),
    );
  if (schema.type === "object" && schema.additionalProperties === false) {
    ways.push(() =>
      raw(
        JSON.stringify({
          ...(at(value, path) as object),
          [pick(
            [
              "extra",
              "",
              "role",
              "officeId ",
              "contactId",
              "id",
              "state",
              "hasOwnProperty",
              "toString",
              "$where",
              "givenNames\u0000",
            ],
            random,
          )]: 1,
        }),
      ),
    );
  }
  if (
    schema.type === "object" &&
    typeof schema.additionalProperties === "object" &&
    schema.additionalProperties.type !== undefined
  ) {
    ways.push(() => raw(JSON.stringify({ [hostileText(random)]: sample(schema.additionalProperties as Schema) })));
  }
  if (path.length > 0 && isRequired && typeof path.at(-1) === "string")
    ways.push(() => ({ what: `${name} is missing`, text: JSON.stringify(put(value, path, undefined)) }));
  if (schema.maxItems !== undefined)
    ways.push(() =>
      raw(JSON.stringify(Array(schema.maxItems! + 1 + Math.floor(random() * 50)).fill(sample(schema.items ?? {})))),
    );
  if ((schema.minItems ?? 0) > 0) ways.push(() => raw("[]"));
  return pick(ways, random)();

  function collect(one: Schema, path: (string | number)[], isRequired: boolean): void {
    const mayBeNull = one.anyOf?.some(({ type }) => type === "null");
    const chosen = one.anyOf?.[0] ? { ...one.anyOf[0], mayBeNull } : one;
    // A member that may be anything cannot be wrong.
    if (chosen.type === undefined && chosen.enum === undefined) return;
    places.push({ path, schema: chosen, isRequired });
    for (const [key, inner] of Object.entries(chosen.properties ?? {}))
      collect(inner, [...path, key], chosen.required?.includes(key) ?? false);
    if (chosen.type === "array" && chosen.items) collect(chosen.items, [...path, 0], true);
    if (typeof chosen.additionalProperties === "object" && chosen.properties === undefined)
      collect(chosen.additionalProperties, [...path, "pregunta"], false);
  }
}

const UNPRINTABLE = HOSTILE_TEXTS.filter((text) => hasForbiddenCharacters(text));

function wrongValues(schema: Schema): string[] {
  const all: Record<string, string[]> = {
    string: ['"texto;"', '""'],
    number: ["0", "-1", "1.5", "1e308", "9007199254740993", "-0"],
    boolean: ["true", "false"],
    object: ["{}", '{"0":"a"}', '{"length":1}', '{"$gt":""}'],
    array: ["[]", "[null]", '[["a"]]', '["a","b"]'],
    null: schema.mayBeNull ? [] : ["null"],
  };
  const names = schema.enum?.filter((one): one is string => typeof one === "string") ?? [];
  const own = names.length > 0 ? "string" : schema.type === "integer" ? "number" : schema.type!;
  const others = Object.entries(all).flatMap(([type, values]) => (type === own ? [] : values));
  if (names.length > 0)
    return [
      ...others,
      '""',
      JSON.stringify(`${names[0]} `),
      JSON.stringify(names[0]!.toLowerCase() === names[0] ? names[0].toUpperCase() : names[0]!.toLowerCase()),
      '"\\u0000"',
    ];
  // A choice of numbers: another number may be one of them.
  if (schema.enum && names.length === 0) return [...others, "1.5", "1e999"];
  if (own === "number")
    return [
      ...others,
      "1.5",
      "1e999",
      "-1",
      "1e308",
      ...(schema.maximum === undefined ? [] : [String(schema.maximum + 1)]),
    ];
  return others;
}

function wrongText(schema: Schema, random: () => number): string {
  const tooLong = schema.maxLength !== undefined && random() < 0.25;
  if (tooLong) return "a".repeat(schema.maxLength + 1 + Math.floor(random() * 1_000));
  // What people call a thing may be any words: wrong is what no text may hold.
  return schema.format === "words" ? pick(UNPRINTABLE, random) : hostileText(random);
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function put(value: unknown, path: readonly (string | number)[], put_: unknown): unknown {
  if (path.length === 0) return put_;
  const [key, ...rest] = path as [string | number, ...(string | number)[]];
  const inner = put((value as Record<string | number, unknown>)[key], rest, put_);
  if (Array.isArray(value)) return value.map((one, i) => (i === key ? inner : one) as unknown);
  return { ...(value as object), [key]: inner };
}
