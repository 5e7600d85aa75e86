import ts from "typescript";

/** Schemas that belong to the platform; a module reaches them through functions of src/platform. */
const PLATFORM_SCHEMAS = ["platform", "audit", "keyring"];
/** All small or all capital letters: a sentence of a text catalogue may begin with "Select" or "Update". */
const LOOKS_LIKE_SQL =
  /^\s*(?:(?:select\s|insert\s+into\s|update\s|delete\s+from\s|with\s+\w+.*\sas\s|copy\s|truncate\s|lock\s+table\s|merge\s+into\s)|(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s|DELETE\s+FROM\s|WITH\s+\w+.*\sAS\s|COPY\s|TRUNCATE\s|LOCK\s+TABLE\s|MERGE\s+INTO\s))/;
const WRITES = /\b(insert\s+into|update\s+[a-z_]+\.|delete\s+from|merge\s+into|truncate)\b/i;

/**
 * Problems of the statements in one file of `src/`: a store names its own module's schema only, queries
 * read anywhere among the modules and write nothing, and no other file above the platform holds SQL.
 */
export function sqlProblems(path: string, text: string, modules: readonly string[]): string[] {
  const statements = statementsIn(path, text);
  const place = /^src\/modules\/([^/]+)\/(store|queries)(\.ts$|\/)/.exec(path);
  if (!place) return statements.length > 0 ? [`${path}: SQL lives in store.ts and queries.ts`] : [];

  const [, module, kind] = place;
  const foreign = [...modules, ...PLATFORM_SCHEMAS].filter((schema) => schema !== module);
  const problems = new Set<string>();
  for (const statement of statements) {
    const named = foreign.filter((schema) => new RegExp(`(?<![\\w.])${schema}\\.[a-z_]+`).test(statement));
    for (const schema of named) {
      if (PLATFORM_SCHEMAS.includes(schema))
        problems.add(`${path}: reach ${schema} through a function of src/platform`);
      else if (kind === "store") problems.add(`${path}: names ${schema}: call its door, or read in queries.ts`);
    }
    if (kind === "queries" && WRITES.test(statement))
      problems.add(`${path}: queries write nothing; move it to store.ts`);
  }
  return [...problems];
}

function statementsIn(path: string, text: string): string[] {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, false, kind);
  const statements: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === "sql") {
      statements.push(withoutSqlText(templateText(node.template)));
    } else if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) {
      const literal = templateText(node);
      if (LOOKS_LIKE_SQL.test(literal)) statements.push(withoutSqlText(literal));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return statements;
}

function templateText(node: ts.TemplateLiteral | ts.StringLiteralLike): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" $ ");
}

/** Quoted values ('booking.confirmed' is an event's name) and comments name no table. */
function withoutSqlText(statement: string): string {
  return statement.replace(/--[^\n]*/g, "").replace(/'(?:[^']|'')*'/g, "''");
}
