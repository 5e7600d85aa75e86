// Code only looks down: app → channels → modules → platform → kernel (ARCHITECTURE.md).
// tests/checks/seeded-violations.test.ts proves that each rule bites.
const map = require("./module-map.cjs");

const TEST = "\\.(test|fixtures|contract)\\.tsx?$";
const TYPE_ONLY = ["type-only"];
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
/** Code that ships from these folders; tests beside it may reach further. */
const shipped = (path, ...but) => ({ path, pathNot: [TEST, ...but] });
const layers = (...names) => `^src/(${names.join("|")})/`;

// prettier-ignore
const rules = [
  rule("kernel-stands-alone", "Kernel code takes values and gives values: pass in what it needs, or move the code up to platform.", shipped("^src/kernel/"), { pathNot: ["^src/kernel/", "(^|/)temporal-polyfill/", "(^|/)@noble/(curves|hashes)/"] }),
  rule("platform-knows-no-domain", "Platform serves any domain: pass the domain's part in as a function or value.", { path: "^src/platform/" }, { path: layers("app", "channels", "modules", "ui", "console", "client") }),
  rule("modules-know-no-channel", "A module returns outcomes and announces events; let the channel put them into words.", { path: "^src/modules/" }, { path: layers("channels", "ui", "console", "client") }),
  rule("ui-knows-no-domain", "A component shows what it is given: pass the words and values in as properties.", { path: "^src/ui/" }, { path: "^src/", pathNot: layers("ui", "kernel") }),
  rule("client-is-browser-only", "Citizen scripts stand alone and stay tiny: copy the few lines, or do it on the server.", shipped("^src/client/"), { pathNot: "^src/client/" }),
  rule("console-is-a-client", "The console talks to /api/v1 like any other client: call the API, or move the component to src/ui.", shipped("^src/console/"), { path: "^src/", pathNot: layers("console", "ui", "kernel", "channels/api") }),
  rule("console-borrows-only-types", "Take the API's types with `import type`; its code belongs to the server.", { path: "^src/console/" }, { path: "^src/channels/api/", dependencyTypesNot: TYPE_ONLY }),
  rule("channels-do-not-mix", "One channel knows nothing of another: move what both need into a module, src/ui, src/channels/common or src/channels/documents.", { path: "^src/channels/([^/]+)/" }, { path: "^src/channels/[^/]+/", pathNot: "^src/channels/($1|common|documents)/" }),
  rule("only-app-wires", "Nothing imports src/app: take what you need as an argument and let src/app pass it in.", { path: layers("channels", "modules") }, { path: "^src/app/" }),
  rule("nothing-ships-dev", "src/dev is for development and stays out of `npm run serve`: pass it in from src/dev/main.ts.", shipped(layers("app", "channels", "modules", "platform")), { path: "^src/dev/" }),
  rule("use-the-door", "Enter a module by its index.ts; if the door lacks what you need, add it there.", shipped(layers("app", "channels", "dev")), { path: "^src/modules/[^/]+/", pathNot: ["^src/modules/[^/]+/index\\.ts$", TEST] }),
  rule("use-the-door-between-modules", "Enter another module by its index.ts; if the door lacks what you need, add it there.", { path: "^src/modules/([^/]+)/" }, { path: "^src/modules/[^/]+/", pathNot: ["^src/modules/$1/", "^src/modules/[^/]+/index\\.ts$", TEST] }),
  rule("not-your-own-door", "Inside a module import the file itself, not the module's own index.ts.", shipped("^src/modules/([^/]+)/"), { path: "^src/modules/$1/index\\.ts$" }),
  ...Object.entries(map).map(([module, mayCall]) =>
    rule(`${module}-calls-only-its-map`, `module-map.cjs lets ${module} call: ${mayCall.join(", ") || "no other module"}. Announce an event instead, or change the map with a decision record.`, shipped(`^src/modules/${module}/`), { path: "^src/modules/[^/]+/index\\.ts$", pathNot: `^src/modules/(${[module, ...mayCall].join("|")})/` }),
  ),
  rule("rules-stay-pure", "rules.ts and policy.ts decide from values alone: load and save in commands.ts, pass time and chance in.", shipped("^src/modules/([^/]+)/(rules|policy)(\\.ts$|/)"), { pathNot: ["^src/kernel/", "^src/modules/$1/(types|rules|policy)(\\.ts$|/)", "^src/modules/[^/]+/index\\.ts$"] }),
  rule("rules-borrow-only-types", "A rule may use another module's types (`import type`), never its behaviour: pass the result in.", shipped("^src/modules/([^/]+)/(rules|policy)(\\.ts$|/)"), { path: "^src/modules/[^/]+/index\\.ts$", pathNot: "^src/modules/$1/", dependencyTypesNot: TYPE_ONLY }),
  rule("only-stores-touch-sql", "SQL lives in store.ts and queries.ts: add a function there and call it (`import type` is fine).", shipped(layers("channels", "modules"), "^src/modules/[^/]+/(store|queries)(\\.ts$|/)"), { path: "^src/platform/db(\\.ts$|/)", dependencyTypesNot: TYPE_ONLY }),
  rule("only-platform-knows-the-driver", "Reach PostgreSQL through #platform/db: its pools carry the roles, limits and error listeners.", shipped(layers("app", "channels", "modules")), { path: "(^|/)(@types/)?pg/(lib|esm|index)" }),
  rule("verify-reads-only-the-draw", "The verifier shares the draw's rules and nothing else with the service: pass in what else it needs.", shipped("^src/verify/"), { path: "^src/", pathNot: ["^src/(verify|kernel)/", "^src/modules/allocation/(types\\.ts$|rules/)"] }),
  rule("verify-runs-in-a-browser", "Only the command (main.ts) may use Node: the page runs the rest.", shipped("^src/verify/", "^src/verify/main\\.ts$"), { dependencyTypes: ["core"] }),
  rule("a-witness-stands-alone", "A witness is a program for outsiders: it may use the kernel and nothing of the service.", shipped("^src/witness/"), { path: "^src/", pathNot: "^src/(witness|kernel)/" }),
  rule("fixtures-are-for-tests", "Fixtures and test support stay out of shipped code; only tests and src/dev use them.", shipped("^src/", "^src/dev/"), { path: ["^tests/", TEST] }),
  rule("no-cycles", "Two files that need each other are one file, or want a third below both.", { path: "^src/" }, { circular: true, viaOnly: { dependencyTypesNot: TYPE_ONLY } }),
  rule("imports-resolve", "This import leads nowhere, so no rule can judge it: mend the path or add the package.", { path: "^src/" }, { couldNotResolve: true, pathNot: "^node:" }),
];

module.exports = {
  forbidden: rules,
  options: {
    doNotFollow: { path: "^node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
