export { enqueueForEvents } from "./commands/enqueue.ts";
export { linkToken, requestToken, surveyToken, readLinkToken, readRequestToken } from "./commands/link-token.ts";
export { sendDueMessages, type SendCounts } from "./commands/send-due.ts";
export { receiveNotices } from "./commands/receive-notices.ts";
export { sweepReminders } from "./commands/sweep-reminders.ts";
export { toGsm } from "./rules/sms.ts";
export { messagingTasks } from "./jobs.ts";
export type { MessageKind, MessageSender, Notice, RenderedMessage, SenderChannel, SendResult } from "./types.ts";
