import { queryOptions } from "@tanstack/react-query";
import type { OpenedTalk, TalkList } from "#channels/api/console/talk-contract.ts";
import { talkApi } from "../urls.ts";
import { setServerTime } from "./clock.ts";
import { get, post } from "./request.ts";

export type { OpenedTalk, TalkList, TalkNumber } from "#channels/api/console/talk-contract.ts";
export type Talk = TalkList["talks"][number];

/** Often enough that nobody is called twice by two agents, and that who writes is read while she waits. */
const EVERY_MS = 10_000;
const READ_EVERY_MS = 15_000;

export const talksQuery = queryOptions({
  queryKey: ["talks"],
  refetchInterval: EVERY_MS,
  queryFn: async () => {
    const list = await get<TalkList>(talkApi.list);
    setServerTime(list.at);
    return list;
  },
});

/** What was said, for whoever has it. */
export const openedTalkQuery = (id: string) =>
  queryOptions({
    queryKey: ["talk", id],
    gcTime: 0,
    refetchInterval: READ_EVERY_MS,
    queryFn: () => post<OpenedTalk>(talkApi.step(id, "open")),
  });
