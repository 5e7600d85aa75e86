import type { LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { refusePermission } from "../rules/permission.ts";
import type { Parent } from "../types.ts";
import { changeFile, type FileChange, type FileChangeRefusal, type PersonOf } from "./file.ts";

type PermissionCode = "permission_not_expected" | "permission_not_signed" | "permission_too_old" | "nothing_to_undo";
export interface PermissionRefusal {
  readonly code: PermissionCode | FileChangeRefusal;
}

/** Which parent of which of the booking's people, both counted from 1. */
export interface PermissionOf extends PersonOf {
  readonly parent: number;
}

/** Records that an absent parent's signed permission has come; the day on the paper counts from now on. Again is the same as once. */
export function recordPermission(
  ctx: Context,
  { signedOn, ...which }: PermissionOf & { readonly signedOn: LocalDate },
): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  return changeParent(ctx, which, "file.permission_received", (parent, days) => {
    const code = refusePermission(parent, signedOn, days);
    return code ? refuse({ code }) : accept({ ...parent!, received: { signedOn } });
  });
}

/** Takes it back: the wrong child, the wrong paper. What the family told of the day stands again. */
export function undoPermission(ctx: Context, which: PermissionOf): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  return changeParent(ctx, which, "file.permission_undone", (parent) =>
    parent?.received ? accept({ ...parent, received: undefined }) : refuse({ code: "nothing_to_undo" }),
  );
}

async function changeParent(
  ctx: Context,
  which: PermissionOf,
  action: string,
  change: (
    parent: Parent | undefined,
    days: Parameters<FileChange<PermissionCode>["change"]>[1],
  ) => Outcome<Parent, { code: PermissionCode }>,
): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  const outcome = await changeFile<PermissionCode>(ctx, which, {
    action,
    act: "permission",
    whileActive: true,
    change(details, days) {
      const at = which.parent - 1;
      const changed = change(details.parents[at], days);
      return changed.ok ? accept({ ...details, parents: details.parents.with(at, changed.value) }) : changed;
    },
  });
  return outcome.ok ? accept(which) : outcome;
}
