export { issueTicket, rankIdsOf, readTicket } from "./commands/tickets.ts";
export { joinRoom, joinsIdle, ringRoom, type Joined } from "./commands/join.ts";
export { findPlace, judgeTicket, type JudgedTurn, type Place } from "./commands/turns.ts";
export { openDue } from "./store/rooms.ts";
export { roomTasks, startRooms, type RoomLeader } from "./jobs.ts";
export { getRoom, getRoomKey, getRooms, getSeed, getStatus, roomFor, type LiveRoom } from "./queries/rooms.ts";
export { admissionRate, advance, conversionOf, ROOM_HOLD_MS, thresholdAt } from "./rules/admission.ts";
export { auditStatuses, auditTurns } from "./rules/audit.ts";
export { closeTick, ticketLeaf } from "./rules/log.ts";
export { rankOf, ranksOf, seedOf } from "./rules/rank.ts";
export { nextStatus, parseStatus, signedStatus, standingOf, STATUS_MAX_AGE_S, statusText } from "./rules/status.ts";
export { roomIdFrom } from "./rules/rooms.ts";
export { judgeTurn } from "./rules/tickets.ts";
export { JOIN_LEAD_MS, roundPublishedAt, seedRound } from "./rules/ticks.ts";
export { takeTurns, giveTurnsBack } from "./store/turns.ts";
export type {
  ClosedTick,
  DrawnSeed,
  HashText,
  Rank,
  RankId,
  Room,
  RoomId,
  RoomRefusal,
  Standing,
  Status,
  Ticket,
  TicketId,
} from "./types.ts";
