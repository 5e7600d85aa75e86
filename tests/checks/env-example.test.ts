import { expect, it } from "vitest";
import { configSchema, readConfig } from "#platform/config.ts";
import { textOf } from "./repository.ts";

interface Setting {
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
  /** Empty where there is none. */
  readonly byDefault: string;
}

/** A line of description, then the setting; a comment sign before the name means that it may be left out. */
const ENTRY = /^# (.+)\n(#?)([A-Z_]+)=(.*)$/gm;

function settingsOf(example: string): Setting[] {
  return [...example.matchAll(ENTRY)].map(([, description, comment, name, value]) => ({
    name: name!,
    description,
    required: comment === "",
    byDefault: value!.replace(/^"(.*)"$/, "$1"),
  }));
}

/** A default as the file writes it; an empty list is written as nothing. */
function written(value: string | number | boolean | readonly string[] | undefined): string {
  return value === undefined ? "" : typeof value === "object" ? value.join(",") : String(value);
}

function settingsOfSchema(): Setting[] {
  return Object.entries(configSchema.shape).map(([name, field]) => {
    const absent = field.safeParse(undefined);
    return {
      name,
      description: field.description,
      required: !absent.success,
      byDefault: absent.success ? written(absent.data as Parameters<typeof written>[0]) : "",
    };
  });
}

it("names every setting of the schema, in its order, with its description and default", () => {
  expect(settingsOf(textOf(".env.example"))).toEqual(settingsOfSchema());
});

it("has no line that is not read as a setting or as the head", () => {
  const [head, ...entries] = textOf(".env.example").trim().split("\n\n");
  expect(head!.split("\n").every((line) => line.startsWith("# "))).toBe(true);
  expect(entries.flatMap(settingsOf)).toHaveLength(entries.length);
});

it("asks for exactly what a start without settings asks for", () => {
  const required = settingsOf(textOf(".env.example")).filter((one) => one.required);
  expect(() => readConfig({})).toThrow(`set ${required.map((one) => one.name).join(", ")} (`);
});

it("misses a setting that was left out of the example", () => {
  const without = textOf(".env.example").replace(/^# .+\n#PORT=.*\n/m, "");
  expect(settingsOf(without)).not.toEqual(settingsOfSchema());
});
