import { describeMessageSender } from "./message-sender.contract.ts";
import { fakeSender } from "./messaging.fixtures.ts";

describeMessageSender("the fake", async () => fakeSender("sms"));
