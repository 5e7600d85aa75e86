import type { CallerCode, CallerFileView } from "#channels/api/console/caller-contract.ts";
import { callerApi } from "../urls.ts";
import { post } from "./request.ts";

export type { CallerFileView } from "#channels/api/console/caller-contract.ts";

export const CALL_REASONS = ["where_and_when", "change", "cancel", "papers", "no_message", "other"] as const;

export interface CallerAsked {
  readonly by:
    { readonly folio: string } | { readonly phone: string } | { readonly token: string; readonly code: string };
  readonly bornOn: string;
  readonly nth: number;
  readonly reason: (typeof CALL_REASONS)[number];
}

/** The token of the code is the agent's; what she reads out is hers. */
export const sendCallerCode = (address: string) =>
  post<CallerCode>(callerApi.code, { kind: address.includes("@") ? "email" : "sms", address });

/** Only with her word that it may be opened; the form asks for it. */
export const openCaller = (asked: CallerAsked) => post<CallerFileView>(callerApi.open, { ...asked, allowed: true });
