import { randomUUID } from "node:crypto";
import type { LocalDate, SessionId } from "../../src/kernel/ids.ts";
import type { SpecialDayId } from "../../src/modules/schedules/index.ts";
import type { TestServices } from "./database.ts";
import { aSession, FRESNO, FRESNO_ZONE } from "./fixtures.ts";

/** An invented church hall in a real town: 280 km from the office of the tests. */
export const VENUE = {
  name: "Salón de Ejemplo",
  street: "1010 Calle Ficticia",
  city: "Reno",
  region: "NV",
  latitude: 39.5296,
  longitude: -119.8138,
  wayIn: "Entre por el estacionamiento.",
};
export const SPECIAL_DATE = "2026-12-05" as LocalDate;

export interface MadeDay {
  readonly id: SpecialDayId;
  readonly venueId: string;
  readonly sessionId: SessionId;
}

/** A special day as its office published it, at a venue away from the office unless `away` is false. */
export async function aSpecialDay(
  services: TestServices,
  {
    officeId = FRESNO,
    kind = "mobile",
    localDate = SPECIAL_DATE,
    opens = "08:00",
    steps = 12,
    counters = 2,
    zone = FRESNO_ZONE,
    away = true,
    givenOut = "open",
    photo = undefined as Buffer | undefined,
    venue = VENUE,
  } = {},
): Promise<MadeDay> {
  const { sessionId } = await aSession(services, { officeId, localDate, opens, steps, counters, zone });
  const made = await asSpecialDay(services, sessionId, { officeId, kind, localDate, away, givenOut, photo, venue });
  if (givenOut !== "open")
    await services.adminQuery("update schedules.places set state = 'planned', pool = 'draw' where session_id = $1", [
      sessionId,
    ]);
  return { ...made, sessionId };
}

/** Makes a session that exists the whole of a special day. */
export async function asSpecialDay(
  services: TestServices,
  sessionId: SessionId,
  {
    officeId = FRESNO,
    kind = "mobile",
    localDate = SPECIAL_DATE,
    away = true,
    givenOut = "open",
    photo = undefined as Buffer | undefined,
    venue = VENUE,
  } = {},
): Promise<Omit<MadeDay, "sessionId">> {
  const [id, venueId] = [randomUUID() as string as SpecialDayId, randomUUID()];
  if (away)
    await services.adminQuery(
      `insert into schedules.venues (id, office_id, name, street, city, region, latitude, longitude, way_in, photo) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [venueId, officeId, ...Object.values(venue), photo ?? null],
    );
  const now = services.clock.now();
  await services.adminQuery(
    `insert into schedules.special_days (office_id, id, kind, local_date, venue_id, sessions, state, given_out, made_at, published_at)
     values ($1, $2, $3, $4, $5, '[]', 'published', $6, $7, $7)`,
    [officeId, id, kind, localDate, away ? venueId : null, givenOut, now],
  );
  await services.adminQuery("update schedules.sessions set special_day_id = $1, kind = $2 where id = $3", [
    id,
    kind,
    sessionId,
  ]);
  return { id, venueId };
}
