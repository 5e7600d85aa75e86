import { SCHEMAS, type Catalogue, type Column, type Definition, type Grant, type Table } from "./catalogue.ts";

const HEADING = `-- The schema as the migrations leave it, for reading and for review. Made by: npm run db:dump
-- Roles and their passwords come from src/platform/db/migrate.ts; every object belongs to ventanilla_owner.`;
/** Functions name tables that come after them. */
const FUNCTIONS_FIRST = "set check_function_bodies = false;";

/** The catalogue as SQL that makes it again: tables first, then foreign keys and policies, which lean on several of them. */
export function schemaText(catalogue: Catalogue): string {
  const { tables, functions, constraints, grants, comments } = catalogue;
  const foreignKeys = tables.flatMap((table) =>
    of(
      table,
      constraints.filter((one) => one.isForeignKey),
    ).map(({ name, definition }) => `alter table ${table.name} add constraint ${name} ${definition};`),
  );
  const policies = tables.flatMap((table) => made(table, catalogue.policies));
  const comment = (on: string): string[] =>
    comments.filter((one) => one.on === on).map((one) => `comment on ${on} is ${literal(one.comment)};`);
  const schemas = SCHEMAS.map((schema) =>
    [`create schema ${schema};`, ...comment(`schema ${schema}`), ...grantsOn(grants, `schema ${schema}`)].join("\n"),
  );
  const blocks = [
    HEADING,
    FUNCTIONS_FIRST,
    ...schemas,
    ...functions.map(({ definition }) => `${definition.trim()};`),
    ...grantsOfFunctions(grants),
    ...tables.map((table) =>
      [
        tableText(catalogue, table),
        ...comment(`table ${table.name}`),
        ...columnComments(catalogue, table),
        ...rest(catalogue, table),
      ].join("\n"),
    ),
    foreignKeys.join("\n"),
    policies.join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function tableText({ columns, constraints }: Catalogue, table: Table): string {
  const lines = [
    ...of(table, columns).map(columnText),
    ...of(
      table,
      constraints.filter((one) => !one.isForeignKey),
    ).map(({ name, definition }) => `constraint ${name} ${definition}`),
  ];
  return `create ${table.unlogged ? "unlogged " : ""}table ${table.name} (\n${lines.map((line) => `  ${line}`).join(",\n")}\n)${table.options === null ? "" : ` with (${table.options})`};`;
}

function columnText({ name, type, required, fallback, identity }: Column): string {
  const generated = identity === "" ? "" : ` generated ${identity === "a" ? "always" : "by default"} as identity`;
  return `${name} ${type}${required ? " not null" : ""}${fallback === null ? "" : ` default ${fallback}`}${generated}`;
}

function columnComments({ columns }: Catalogue, table: Table): string[] {
  return of(table, columns).flatMap(({ name, comment }) =>
    comment === null ? [] : [`comment on column ${table.name}.${name} is ${literal(comment)};`],
  );
}

function rest({ indexes, triggers, grants }: Catalogue, table: Table): string[] {
  return [
    ...made(table, indexes),
    ...made(table, triggers),
    ...(table.rls ? [`alter table ${table.name} enable row level security;`] : []),
    ...(table.forced ? [`alter table ${table.name} force row level security;`] : []),
    ...grantsOn(grants, table.name),
  ];
}

/** One line for each grantee; a privilege on some columns names them. */
function grantsOn(grants: readonly Grant[], on: string): string[] {
  const own = grants.filter((one) => one.on === on);
  return [...new Set(own.map((one) => one.grantee))].map((grantee) => {
    const privileges = own.filter((one) => one.grantee === grantee);
    const parts = [...new Set(privileges.map((one) => one.privilege))].flatMap((privilege) => {
      const columns = privileges.filter((one) => one.privilege === privilege).map((one) => one.column);
      const some = columns.filter((column) => column !== "");
      return [
        ...(columns.includes("") ? [privilege] : []),
        ...(some.length > 0 ? [`${privilege} (${some.join(", ")})`] : []),
      ];
    });
    return `grant ${parts.join(", ")} on ${on} to ${grantee};`;
  });
}

function grantsOfFunctions(grants: readonly Grant[]): string[] {
  return [...new Set(grants.filter((one) => one.on.startsWith("function ")).map((one) => one.on))].map((on) =>
    grantsOn(grants, on).join("\n"),
  );
}

function made(table: Table, definitions: readonly Definition[]): string[] {
  return of(table, definitions).map(({ definition }) => `${definition};`);
}

function of<One extends { readonly table: number }>(table: Table, list: readonly One[]): One[] {
  return list.filter((one) => one.table === table.oid);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
