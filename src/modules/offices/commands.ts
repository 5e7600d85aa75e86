import type { OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { canConfirmFacts } from "./policy.ts";
import { factDueAt } from "./rules/offices.ts";
import { factSchemas, isFactField } from "./schema.ts";
import { confirmFactRows, officeExists } from "./store/facts.ts";
import { refreshNetwork } from "./queries/network.ts";
import { FACT_FIELDS, type FactField } from "./types.ts";

export interface ConfirmFacts {
  readonly officeId: OfficeId;
  /** Values as typed; each is checked against the shape of its field. */
  readonly fields: readonly { readonly field: string; readonly value: unknown }[];
}

export type ConfirmRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_office" }
  | { readonly code: "nothing_to_confirm" }
  | { readonly code: "unknown_field"; readonly field: string }
  | { readonly code: "field_given_twice"; readonly field: FactField }
  | { readonly code: "invalid_value"; readonly field: FactField };

/** Staff vouch for fields of an office's ficha, which the public then sees as fact for 180 days and more. */
export async function confirmFacts(
  ctx: Context,
  input: ConfirmFacts,
): Promise<Outcome<{ confirmed: readonly FactField[]; dueAt: Date }, ConfirmRefusal>> {
  const { actor, now } = ctx;
  if (actor.kind !== "staff" || !canConfirmFacts(actor, input.officeId)) return refuse({ code: "not_allowed" });
  const checked = checkFields(input.fields);
  if (!checked.ok) return checked;
  const fields = checked.value;
  const dueAt = factDueAt(now);

  const written = await transaction(ctx, "console", async (tx) => {
    if (!(await officeExists(tx, input.officeId))) return false;
    await confirmFactRows(tx, input.officeId, fields, { staffId: actor.staffId, at: now, dueAt });
    await insertAudit(tx, [
      {
        at: now,
        actor,
        channel: ctx.channel,
        action: "offices.facts_confirmed",
        purpose: ctx.purpose,
        officeId: input.officeId,
        count: fields.length,
      },
    ]);
    return true;
  });
  if (!written) return refuse({ code: "unknown_office" });
  await refreshNetwork(ctx);
  return accept({ confirmed: fields.map((one) => one.field), dueAt });
}

function checkFields(
  given: ConfirmFacts["fields"],
): Outcome<readonly { readonly field: FactField; readonly value: unknown }[], ConfirmRefusal> {
  if (given.length === 0) return refuse({ code: "nothing_to_confirm" });
  const checked = new Map<FactField, unknown>();
  for (const { field, value } of given) {
    if (!isFactField(field)) return refuse({ code: "unknown_field", field: field.slice(0, 40) });
    if (checked.has(field)) return refuse({ code: "field_given_twice", field });
    const parsed = factSchemas[field].safeParse(value);
    if (!parsed.success) return refuse({ code: "invalid_value", field });
    checked.set(field, parsed.data);
  }
  return accept(
    FACT_FIELDS.filter((field) => checked.has(field)).map((field) => ({ field, value: checked.get(field) })),
  );
}
