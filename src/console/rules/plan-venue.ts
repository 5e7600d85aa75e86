import type { Venue } from "../api/plan-types.ts";

/** A venue as typed. */
export type VenueDraft = Readonly<
  Record<"name" | "street" | "city" | "region" | "latitude" | "longitude" | "wayIn", string>
>;

export function venueDraft(venue?: Venue): VenueDraft {
  if (!venue) return { name: "", street: "", city: "", region: "", latitude: "", longitude: "", wayIn: "" };
  const { name, street, city, region, latitude, longitude, wayIn } = venue;
  return { name, street, city, region, latitude: String(latitude), longitude: String(longitude), wayIn };
}

/** The venue as the server takes it; a comma in a number is read as its point. */
export function venueAsked({ name, street, city, region, latitude, longitude, wayIn }: VenueDraft) {
  return {
    name: name.trim(),
    street: street.trim(),
    city: city.trim(),
    region: region.trim().toUpperCase(),
    latitude: degrees(latitude),
    longitude: degrees(longitude),
    wayIn: wayIn.trim(),
  };
}

/** Maps show about a metre with so many decimals; the table keeps as many. */
const DECIMALS = 5;

function degrees(typed: string): number {
  return Number(Number(typed.trim().replace(",", ".")).toFixed(DECIMALS));
}

/** Where it would be on a map; undefined while one of the numbers is missing or none. */
export function positionOf(draft: VenueDraft): Pick<Venue, "latitude" | "longitude"> | undefined {
  const { latitude, longitude } = venueAsked(draft);
  const isWhole = draft.latitude.trim() !== "" && draft.longitude.trim() !== "";
  return isWhole && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** Opens a map at the address, where its position can be read. */
export function mapSearch({ street, city, region }: Pick<VenueDraft, "street" | "city" | "region">): string {
  const query = [street, city, region].filter((part) => part.trim() !== "").join(", ");
  return mapAt(query);
}

/** Opens a map at a position. */
export function mapOf({ latitude, longitude }: Pick<Venue, "latitude" | "longitude">): string {
  return mapAt(`${latitude},${longitude}`);
}

function mapAt(query: string): string {
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: "1", query }).toString()}`;
}
