import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { queryOptions } from "@tanstack/react-query";
import type {
  DeskCode,
  PresenceShown,
  WalkInDated,
  WalkInDates,
  WalkInRoom,
  WalkInTurn,
} from "#channels/api/console/walk-in-contract.ts";
import { walkInApi } from "../urls.ts";
import { get, post } from "./request.ts";
import type { PasskeyOptions } from "./types.ts";

export type {
  PresenceShown,
  WalkInDates,
  WalkInDated,
  WalkInRoom,
  WalkInTurn,
} from "#channels/api/console/walk-in-contract.ts";

/** What fits changes with each call, and by time alone. */
const EVERY_MS = 60_000;

export const roomQuery = queryOptions({
  queryKey: ["walk-ins", "room"],
  refetchInterval: EVERY_MS,
  queryFn: () => get<WalkInRoom>(walkInApi.room),
});

export interface Applicant {
  readonly services: readonly string[];
}

export const register = (applicants: readonly Applicant[]) => post<WalkInTurn>(walkInApi.register, { applicants });
export const findDates = (applicants: readonly Applicant[]) =>
  post<WalkInDates>(walkInApi.dates, { people: applicants.map(({ services }) => ({ services })) });
export const bookDate = (applicants: readonly Applicant[], startsAt: string, presence: string) =>
  post<WalkInDated>(walkInApi.dated, { applicants, startsAt, presence });

export const sendCode = (kind: "sms" | "email", address: string) => post<DeskCode>(walkInApi.code, { kind, address });
/** The token of the code is the desk's; what she reads out is hers. */
export const showCode = (token: string, code: string) =>
  post<PresenceShown>(walkInApi.presence, { by: "code", token, code });
export const showCard = (folio: string, pin: string) =>
  post<PresenceShown>(walkInApi.presence, { by: "card", folio, pin });

/** A colleague touches her own passkey at this browser. */
export async function showSecond(): Promise<PresenceShown> {
  const { options } = await post<PasskeyOptions>(walkInApi.second);
  const response = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  return post<PresenceShown>(walkInApi.presence, { by: "second", response });
}
