export type * from "./types.ts";
export { endOtherSessions, endSession, findSession, openSession } from "./commands/sessions.ts";
export { keepAddresses } from "./commands/contacts.ts";
export { requestCode, type CodeRequest, type CodeRequested, type CodeRequestRefusal } from "./commands/codes.ts";
export { proveByMessage, stopWhatsapp } from "./commands/messages.ts";
export { verifyCode, type Verified, type VerifyRefusal } from "./commands/verification.ts";
export { issueCard, makeCard, openWithCard, saveCard, type CardRefusal, type IssuedCard } from "./commands/cards.ts";
export * from "./commands/staff.ts";
export { beginRegistration, beginSignIn, finishRegistration, finishSignIn } from "./commands/passkeys.ts";
export * from "./commands/ceremony.ts";
export * from "./commands/accounts.ts";
export { takeBackJoining } from "./commands/joining.ts";
export { beginTouch, finishTouch } from "./commands/touch.ts";
export * from "./commands/presence.ts";
export { askCodeOfCaller, contactOfCode } from "./commands/read-out.ts";
export * from "./commands/releases.ts";
export * from "./queries.ts";
export { asksForTouch, can, type StaffAction } from "./policy.ts";
export { parseAddress } from "./schema.ts";
export { CODE_REQUESTED, CODE_WITHHELD } from "./events.ts";
export { erasePeople, peopleTasks, rekeyContacts } from "./jobs.ts";
export {
  CHALLENGE_MINUTES,
  CODE_DIGITS,
  CODE_MINUTES,
  CODE_QUOTAS,
  ACCOUNT_FRESH_MINUTES,
  isFresh,
  isTouchFresh,
  JOINING_HOURS,
  PIN_DIGITS,
  RELEASE_REASONS,
  REMEMBERED_DAYS,
  SESSION_HOURS,
  STAFF_SESSION_HOURS,
} from "./rules.ts";
