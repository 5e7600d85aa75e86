import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { canConfirmFacts, canReadFicha } from "../policy.ts";
import { factIsDue } from "../rules/offices.ts";
import { listFacts, officeExists } from "../store/facts.ts";
import { FACT_FIELDS, type FactField, type FactLevel } from "../types.ts";

export interface FichaField {
  readonly field: FactField;
  /** What is known, also when the public is not shown it: a proposal to be confirmed. */
  readonly value: unknown;
  readonly level: FactLevel | "missing";
  readonly source: string | undefined;
  /** Member of staff. */
  readonly confirmedBy: string | undefined;
  readonly confirmedAt: Date | undefined;
  readonly dueAt: Date | undefined;
  /** Asks to be confirmed now. */
  readonly due: boolean;
}

export interface Ficha {
  readonly officeId: OfficeId;
  /** Every field, in the order in which staff go through them. */
  readonly fields: readonly FichaField[];
  readonly progress: { readonly done: number; readonly of: number };
  /** Whether the asker may confirm. */
  readonly mayConfirm: boolean;
}

/** The ficha of an office as its staff see it: every field, also those that the public is not shown. */
export async function getFicha(
  ctx: Context,
  officeId: OfficeId,
): Promise<Outcome<Ficha, { readonly code: "not_allowed" | "unknown_office" }>> {
  if (!canReadFicha(ctx.actor, officeId)) return refuse({ code: "not_allowed" });
  const facts = await transaction(ctx, "console", async (tx) =>
    (await officeExists(tx, officeId)) ? listFacts(tx, officeId) : undefined,
  );
  if (!facts) return refuse({ code: "unknown_office" });

  const fields = FACT_FIELDS.map((field): FichaField => {
    const fact = facts.find((one) => one.field === field);
    const dueAt = fact?.dueAt ?? undefined;
    return {
      field,
      value: fact?.value,
      level: fact?.level ?? "missing",
      source: fact?.source,
      confirmedBy: fact?.confirmedBy ?? undefined,
      confirmedAt: fact?.confirmedAt ?? undefined,
      dueAt,
      due: fact === undefined || factIsDue({ level: fact.level, dueAt }, ctx.now),
    };
  });
  return accept({
    officeId,
    fields,
    progress: { done: fields.filter((one) => !one.due).length, of: fields.length },
    mayConfirm: canConfirmFacts(ctx.actor, officeId),
  });
}
