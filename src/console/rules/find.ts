import { parseFolio } from "#kernel/folio.ts";

/** What stands in the find box: words stay in the browser, only a whole folio or a scanned QR may be sent. */
export type Wanted = { readonly folio: string } | { readonly qr: string } | { readonly words: string };

/** What our slips and the sheets of absent parents print: an address of this service whose last part is the signed code. */
const SLIP = /^https?:\/\/[^\s/]+\/[qh]\/([\w.~-]{16,400})$/;

/** A hand scanner types the whole text of a QR into the box; the camera reads the same. */
export function wantedOf(typed: string): Wanted {
  const text = typed.trim();
  const folio = parseFolio(text);
  if (folio !== undefined) return { folio };
  const code = SLIP.exec(text)?.[1];
  return code === undefined ? { words: text } : { qr: code };
}
