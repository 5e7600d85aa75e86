import type { Brand } from "./brand.ts";

export type OfficeId = Brand<string, "OfficeId">;
export type ServiceSlug = Brand<string, "ServiceSlug">;
export type ContactId = Brand<string, "ContactId">;
export type StaffId = Brand<string, "StaffId">;
export type SessionId = Brand<string, "SessionId">;
export type BookingId = Brand<string, "BookingId">;
export type AppointmentId = Brand<string, "AppointmentId">;
export type VisitId = Brand<string, "VisitId">;
/** `YYYY-MM-DD` in the office's own zone. */
export type LocalDate = Brand<string, "LocalDate">;
/** What a person is told to keep: twelve characters of content and one that catches a slip of the pen. */
export type Folio = Brand<string, "Folio">;

/** The service groups of the reference data; a session serves one of them. */
export const SERVICE_GROUPS = [
  "documentacion",
  "registro_civil",
  "fe_publica",
  "visas",
  "proteccion",
  "ventanillas",
] as const;
export type ServiceGroup = (typeof SERVICE_GROUPS)[number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
