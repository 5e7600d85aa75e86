export { receiveDeliveries, receiveMessages } from "./commands/receive.ts";
export { conversationTasks, converse, type Talking } from "./jobs.ts";
export type {
  Carrier,
  CarryResult,
  Choice,
  Delivery,
  Incoming,
  Media,
  OutgoingReply,
  Prompt,
  Said,
  TalkChannel,
} from "./types.ts";
