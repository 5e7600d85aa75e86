import tseslint from "typescript-eslint";

/** A rule that refuses every node matching one of the selectors; the message says what to do instead. */
const refuse = (message, ...selectors) => ({
  meta: { type: "problem", schema: [] },
  create: (context) =>
    Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, message })])),
});

const CHANCE_NAMES = "/^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues)$/";

/** The habits of this project, each proven by tests/checks/seeded-violations.test.ts. */
const ventanilla = {
  rules: {
    "time-is-passed-in": refuse(
      "Time is an argument: take `now` from the context or the clock of #platform/clock.ts.",
      "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      "NewExpression[callee.name='Date'][arguments.length=0]",
      "CallExpression[callee.name='Date']",
      "MemberExpression[object.name='Temporal'][property.name='Now']",
    ),
    "chance-is-passed-in": refuse(
      "Chance is an argument: take it from the caller or from #platform/random.ts.",
      "MemberExpression[object.name='Math'][property.name='random']",
      `ImportSpecifier[imported.name=${CHANCE_NAMES}][parent.source.value=/^(node:)?crypto$/]`,
      `MemberExpression[object.name=/crypto$/i][property.name=${CHANCE_NAMES}]`,
    ),
    "config-reads-the-environment": refuse(
      "Settings come from #platform/config.ts: add the setting to its schema.",
      "MemberExpression[object.name='process'][property.name='env']",
      "ImportSpecifier[imported.name='env'][parent.source.value=/^(node:)?process$/]",
    ),
    "rules-do-not-wait": refuse(
      "Rules and policies are pure: load in commands.ts first and pass the values in.",
      "AwaitExpression",
      "ForOfStatement[await=true]",
      ":function[async=true]",
    ),
    "sql-is-tagged": refuse(
      "Write the statement with the `sql` tag of #platform/db, so that values travel as parameters.",
      "CallExpression[callee.property.name='query'] > TemplateLiteral.arguments",
      "CallExpression[callee.property.name='query'] > BinaryExpression.arguments",
    ),
    "log-not-console": refuse(
      "Log through #platform/log.ts: it keeps personal data out and adds the request id.",
      "MemberExpression[object.name='console'][property.name=/^(log|info|debug|warn|error|trace|dir|table)$/]",
    ),
    "named-exports": refuse(
      "Export it by name, so that one thing has one name everywhere.",
      "ExportDefaultDeclaration",
    ),
  },
};

const TESTS = ["**/*.test.{ts,tsx}", "**/*.fixtures.ts", "**/*.contract.ts", "tests/**"];
/** Browser code has the browser's own clock and chance; development code plays with both. */
const OWN_CLOCK = ["src/dev/**", "src/console/**", "src/client/**", ...TESTS];

export default tseslint.config(
  { ignores: ["dist/", "coverage/", ".state/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  tseslint.configs.base,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Arrays are read by index all over the batch code; noUncheckedIndexedAccess makes each `!` a deliberate statement.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Fastify handlers and interface implementations are async without waiting.
      "@typescript-eslint/require-await": "off",
    },
  },
  { files: ["**/*.{ts,tsx}"], plugins: { ventanilla }, rules: { "ventanilla/named-exports": "error" } },
  {
    files: ["vitest.config.ts", "src/console/vite.config.ts", "tests/support/global-setup.ts"],
    rules: { "ventanilla/named-exports": "off" },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/dev/**", ...TESTS],
    rules: {
      "ventanilla/config-reads-the-environment": "error",
      "ventanilla/log-not-console": "error",
      "ventanilla/sql-is-tagged": "error",
    },
  },
  { files: ["src/platform/config.ts"], rules: { "ventanilla/config-reads-the-environment": "off" } },
  // Roles, schemas and passwords cannot be parameters of a statement.
  { files: ["src/platform/db/migrate.ts"], rules: { "ventanilla/sql-is-tagged": "off" } },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: OWN_CLOCK,
    rules: { "ventanilla/time-is-passed-in": "error", "ventanilla/chance-is-passed-in": "error" },
  },
  { files: ["src/platform/clock.ts"], rules: { "ventanilla/time-is-passed-in": "off" } },
  // A program of its own has its own clock and makes its own key.
  {
    files: ["src/witness/main.ts"],
    rules: { "ventanilla/time-is-passed-in": "off", "ventanilla/chance-is-passed-in": "off" },
  },
  // Keys and nonces must never come from a stream that somebody could set or replay.
  { files: ["src/platform/random.ts", "src/platform/keyring/**"], rules: { "ventanilla/chance-is-passed-in": "off" } },
  {
    files: ["src/modules/*/{rules,policy}.ts", "src/modules/*/{rules,policy}/**/*.ts"],
    ignores: TESTS,
    rules: { "ventanilla/rules-do-not-wait": "error" },
  },
  {
    // Test doubles and answers read as JSON are any; the tests' own assertions check their shape.
    files: TESTS,
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // Expectations name a fake's method without calling it.
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
