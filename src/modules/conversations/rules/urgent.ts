import type { EmergencyKind, NeededBy } from "#modules/emergencies/index.ts";
import type { Step } from "./steps.ts";

const KINDS: readonly EmergencyKind[] = [
  "death_or_illness",
  "detention",
  "child_alone",
  "court_or_travel",
  "violence",
  "robbed",
];
const NEEDED: readonly NeededBy[] = ["today", "two_days", "week", "ten_days"];

/** Urgent attention: two questions and where, and no paper; a person answers. */
export const urgentSteps: Readonly<Record<"urgent" | "needed", Step>> = {
  urgent: {
    ask: ({ words }) => ({
      text: words.urgent,
      offers: KINDS.map((kind) => ({ value: kind, title: words.urgentKinds[kind] })),
    }),
    take({ value }) {
      const kind = KINDS.find((one) => one === value);
      return kind ? { go: "needed", draft: { urgent: { kind } } } : { miss: undefined };
    },
  },

  needed: {
    ask: ({ words }) => ({
      text: words.neededBy,
      offers: NEEDED.map((by) => ({ value: by, title: words.neededBys[by] })),
    }),
    take({ value }, { state }) {
      const neededBy = NEEDED.find((one) => one === value);
      const { urgent } = state.draft;
      return neededBy && urgent ? { go: "place", draft: { urgent: { ...urgent, neededBy } } } : { miss: undefined };
    },
  },
};
