import { createStore } from "../../api/store.ts";

/** What somebody marked or corrected and has not confirmed yet. */
export interface Draft {
  readonly value: unknown;
  /** Marked as right, so that it goes with the next confirmation. */
  readonly ready: boolean;
}

/** Fields of one office. Facts about a building, nobody's data: they outlive a locked screen, so that a sitting is not lost. */
interface Drafts {
  readonly officeId: string;
  readonly fields: Readonly<Record<string, Draft | undefined>>;
}

const NONE: Drafts = { officeId: "", fields: {} };
const drafts = createStore<Drafts>(NONE);

export function useDrafts(officeId: string) {
  const kept = drafts.use();
  const fields = kept.officeId === officeId ? kept.fields : NONE.fields;
  return {
    fields,
    set: (field: string, draft: Draft | undefined) => drafts.set({ officeId, fields: { ...fields, [field]: draft } }),
    clear: () => drafts.set(NONE),
  };
}
