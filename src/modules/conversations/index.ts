export { answerTo, hearCall } from "./commands/call.ts";
export { receiveDeliveries, receiveMessages } from "./commands/receive.ts";
export { answerTask, closeTask, giveBackTask, numberOfTask, takeTask, type TaskRefusal } from "./commands/tasks.ts";
export { conversationTasks, converse, type Talking } from "./jobs.ts";
export { listTasks, mediaOfTask, openTask, type OpenedTask, type TaskLine } from "./queries/tasks.ts";
export { MOST_ANSWER, TASK_OUTCOMES } from "./rules/tasks.ts";
export type {
  Carrier,
  CarryResult,
  Choice,
  Delivery,
  Incoming,
  Media,
  MediaFile,
  OutgoingReply,
  Prompt,
  Said,
  TalkChannel,
  TaskId,
} from "./types.ts";
export * from "./rules/erlang.ts";
export * from "./rules/forecast.ts";
export * from "./rules/shifts.ts";
