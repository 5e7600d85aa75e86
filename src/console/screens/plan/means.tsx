import { ResourceList } from "./resource-list.tsx";
import { VenueList } from "./venue-list.tsx";

/** What days away from the office need: venues, crews and kits. */
export function Means({ today }: { today: string }) {
  return (
    <>
      <VenueList />
      <ResourceList today={today} />
    </>
  );
}
