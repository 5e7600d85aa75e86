import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { Outcome } from "#kernel/outcome.ts";
import {
  answerTask,
  closeTask,
  giveBackTask,
  listTasks,
  mediaOfTask,
  numberOfTask,
  openTask,
  takeTask,
  type Carrier,
  type TaskId,
  type TaskLine,
  type TaskRefusal,
} from "#modules/conversations/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { answerBody, closeBody, mediaParams, openedTalk, talkList, talkNumber, talkParams } from "./talk-contract.ts";

/** Conversations that wait for a person, for the agents of the network. */
export function talkRoutes(root: FastifyInstance, services: Services, carriers: readonly Carrier[]): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "desk");
  const onRequest = requireAction(services, "answer_talks");
  const refusals = problems(403, 404, 409);
  const listed = { onRequest, schema: { params: talkParams, response: { 200: talkList, ...refusals } } };
  const opened = { onRequest, schema: { params: talkParams, response: { 200: openedTalk, ...refusals } } };

  app.get("/talks", { onRequest, schema: { response: { 200: talkList, ...problems(403) } } }, (request, reply) =>
    list(request, reply, { ok: true, value: undefined }),
  );
  app.post("/talks/:id/take", opened, async (request, reply) =>
    open(request, reply, request.params.id, await takeTask(context(request), request.params.id)),
  );
  app.post("/talks/:id/open", opened, async (request, reply) =>
    open(request, reply, request.params.id, { ok: true, value: undefined }),
  );
  app.post(
    "/talks/:id/answer",
    { ...opened, schema: { ...opened.schema, body: answerBody } },
    async (request, reply) => {
      const { id, text } = request.body;
      return open(request, reply, request.params.id, await answerTask(context(request), request.params.id, id, text));
    },
  );
  app.post(
    "/talks/:id/number",
    { onRequest, schema: { params: talkParams, response: { 200: talkNumber, ...refusals } } },
    async (request, reply) => {
      const outcome = await numberOfTask(context(request), request.params.id);
      return outcome.ok ? { phone: outcome.value ?? null } : refused(reply, outcome.refusal);
    },
  );
  app.get(
    "/talks/:id/media/:line",
    { onRequest, schema: { hide: true, params: mediaParams } },
    async (request, reply) => {
      const { id, line } = request.params;
      const outcome = await mediaOfTask(context(request), carriers, id, line);
      return outcome.ok ? reply.type(outcome.value.type).send(outcome.value.bytes) : refused(reply, outcome.refusal);
    },
  );
  app.post("/talks/:id/give-back", listed, async (request, reply) =>
    list(request, reply, await giveBackTask(context(request), request.params.id)),
  );
  app.post("/talks/:id/close", { ...listed, schema: { ...listed.schema, body: closeBody } }, async (request, reply) =>
    list(request, reply, await closeTask(context(request), request.params.id, request.body.outcome)),
  );

  async function list(request: FastifyRequest, reply: FastifyReply, done: Outcome<unknown, TaskRefusal>) {
    const outcome = done.ok ? await listTasks(context(request)) : done;
    if (!outcome.ok) return refused(reply, outcome.refusal);
    return { at: services.clock.now().toISOString(), talks: outcome.value.map(viewLine) };
  }

  async function open(
    request: FastifyRequest,
    reply: FastifyReply,
    id: TaskId,
    done: Outcome<unknown, TaskRefusal>,
  ): Promise<z.input<typeof openedTalk> | FastifyReply> {
    const outcome = done.ok ? await openTask(context(request), id) : done;
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const { takenUntil, tail, lines, ...one } = outcome.value;
    return {
      ...viewLine(one),
      takenUntil: takenUntil.toISOString(),
      tail: tail ?? null,
      mayWrite: one.mayWrite,
      lines: lines.map(({ at, media, ...line }) => ({ ...line, at: at.toISOString(), media: media ?? null })),
    };
  }
}

function viewLine({ id, reason, step, language, channel, createdAt, dueAt, standing }: TaskLine) {
  const [asked, due] = [createdAt.toISOString(), dueAt.toISOString()];
  return { id, reason, step, language, channel, createdAt: asked, dueAt: due, standing };
}
