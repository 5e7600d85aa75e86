/**
 * Which modules a module may call, each by its door (index.ts). A module calls only modules above
 * its own line, so the map has no cycles; what goes the other way is an event (src/app/subscriptions.ts).
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
module.exports = {
  offices: [],
  people: ["offices"],
  integrity: ["people"],
  adverts: ["people", "integrity"],
  helpers: ["people", "integrity"],
  schedules: ["offices"],
  room: ["schedules"],
  allocation: ["offices", "people", "integrity", "schedules"],
  booking: ["offices", "people", "integrity", "schedules", "room", "allocation"],
  emergencies: ["offices", "people", "schedules", "booking"],
  visits: ["offices", "people", "booking"],
  issuing: ["offices", "people", "booking", "visits"],
  messaging: ["offices", "people", "booking"],
  conversations: [
    "offices",
    "people",
    "integrity",
    "schedules",
    "allocation",
    "booking",
    "emergencies",
    "visits",
    "messaging",
  ],
  community: ["offices", "people"],
  protection: ["offices", "people"],
  alerts: ["people", "protection"],
  analytics: [],
};
