import type { Office } from "#modules/offices/index.ts";

/** Shows a city with its surroundings. */
const AREA_ZOOM = 12;

/** Opens the maps of the phone: at the address when it may be told, else over the city. */
export function mapLink(office: Pick<Office, "publicFacts" | "lat" | "lng">): string {
  const address = office.publicFacts.address?.value;
  if (address === undefined) {
    return `https://www.google.com/maps/@?${new URLSearchParams({ api: "1", map_action: "map", center: `${office.lat},${office.lng}`, zoom: String(AREA_ZOOM) }).toString()}`;
  }
  const query = `${address.street}, ${address.city}, ${address.state} ${address.postalCode}`;
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: "1", query }).toString()}`;
}
