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
  schedules: ["offices"],
  room: ["schedules"],
  allocation: ["offices", "people", "integrity", "schedules"],
  booking: ["offices", "people", "integrity", "schedules", "room", "allocation"],
  visits: ["offices", "people", "booking"],
  messaging: ["offices", "people", "booking"],
  conversations: ["offices", "people", "integrity", "schedules", "allocation", "booking", "visits", "messaging"],
  community: ["offices", "people"],
  protection: ["offices", "people"],
  alerts: ["people", "protection"],
  analytics: [],
};
