/** Seconds in which whoever called for help by a slip of the hand takes it back. */
export const ALARM_UNDO_SECONDS = 10;
/** Hours after which a call that nobody ended is not shown any more: the day is over. */
export const ALARM_SHOWN_HOURS = 12;

/** A call for help as it stands. */
export interface Alarm {
  readonly staffId: string;
  readonly raisedAt: Date;
  readonly seenAt: Date | null;
  readonly undoneAt: Date | null;
  readonly endedAt: Date | null;
}

export type AlarmAct = "undo" | "see" | "end";
export type AlarmNo = "own_alarm" | "not_own_alarm" | "too_late_to_undo" | "alarm_over";

/**
 * Why this member of staff may not do that now; undefined when she may. Whoever called takes it back for ten seconds, and
 * then only somebody else ends it: nobody can make her say that all is well.
 */
export function whyNotAlarm(alarm: Alarm, act: AlarmAct, staffId: string, now: Date): AlarmNo | undefined {
  if (alarm.undoneAt || alarm.endedAt) return "alarm_over";
  const isOwn = alarm.staffId === staffId;
  if (act !== "undo") return isOwn ? "own_alarm" : undefined;
  if (!isOwn) return "not_own_alarm";
  return now.getTime() - alarm.raisedAt.getTime() > ALARM_UNDO_SECONDS * 1_000 ? "too_late_to_undo" : undefined;
}
