import { sha256, utf8 } from "#kernel/digest.ts";
import { folioFrom } from "#kernel/folio.ts";
import type { Folio } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";

/**
 * What a family is told to keep of its request, in the form of a folio. It follows from the request's random id, which
 * no published file has: the number of a draw's file opens nothing here, and this one says nothing there.
 */
export function requestNumber(id: RequestId): Folio {
  return folioFrom(sha256(utf8(`request number ${id}`)));
}
