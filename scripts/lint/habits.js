/** A rule that refuses every node matching one of the selectors; the message says what to do instead. */
const refuse = (message, ...selectors) => ({
  meta: { type: "problem", schema: [] },
  create: (context) =>
    Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, message })])),
});

const CHANCE_NAMES = "/^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues)$/";

/** The habits of this project, each proven by tests/checks/seeded-violations.test.ts; where they hold stands in oxlint.config.json. */
const habits = {
  meta: { name: "ventanilla" },
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

export { habits as default };
