import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { registerApi } from "#channels/api/api.ts";
import { registerVoice } from "#channels/voice/routes.ts";
import { registerSms } from "#channels/sms/inbound.ts";
import { registerWhatsapp, type WhatsappWebhook } from "#channels/whatsapp/routes.ts";
import { localDateAt } from "#kernel/time.ts";
import { serveHall } from "#channels/web/hall/hall.ts";
import { assetsFrom, errorPage, registerWeb } from "#channels/web/web.ts";
import { bookingIdle, countTimeViews } from "#modules/booking/index.ts";
import { converse, type Carrier } from "#modules/conversations/index.ts";
import { warmGazetteer } from "#modules/offices/index.ts";
import type { MessageSender } from "#modules/messaging/index.ts";
import { sendDueMessages } from "#modules/messaging/index.ts";
import { joinsIdle, startRooms, type RoomLeader } from "#modules/room/index.ts";
import { startSnapshot } from "#modules/schedules/index.ts";
import type { Config } from "#platform/config.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { startDispatcher, type Dispatcher } from "#platform/dispatcher.ts";
import { createHttpServer, createInternalServer, openMetrics } from "#platform/http/index.ts";
import { startTimetable, type Timetable } from "#platform/timetable.ts";
import { serveConsole } from "./console-files.ts";
import { subscriptions } from "./subscriptions.ts";
import { timetable, type DrawWork } from "./timetable.ts";

export interface Application {
  readonly services: Services;
  readonly web: FastifyInstance;
  readonly dispatcher: Dispatcher;
  readonly timetable: Timetable;
  readonly rooms: RoomLeader;
  /** Rebuilds the availability picture now: after a demo world was made. */
  refreshSnapshot(): Promise<void>;
  /** Opens the listeners and answers with their ports. */
  listen(): Promise<{ port: number; internalPort: number }>;
  /** Finishes what was accepted, then lets go of everything. */
  close(): Promise<void>;
}

export interface ApplicationOptions {
  readonly config: Pick<
    Config,
    "HOST" | "PORT" | "INTERNAL_HOST" | "INTERNAL_PORT" | "TRUSTED_PROXY" | "TLS_CERT" | "TLS_KEY"
  >;
  readonly services: Services;
  readonly senders: readonly MessageSender[];
  /** Channels on which people write to us; without one nobody is answered there. */
  readonly talk?: Talk | undefined;
  /** Folder of built styles, scripts and the console. */
  readonly dist: string;
  /** Without it the week's draws, in this process. */
  readonly draws?: DrawWork;
  /** False where a test turns the hands of the clock itself. */
  readonly automatic?: boolean;
  /** Further routes, which only development has. */
  readonly extend?: (
    web: FastifyInstance,
    application: Pick<Application, "services" | "dispatcher" | "timetable">,
  ) => Promise<void> | void;
}

export interface Talk {
  readonly carriers: readonly Carrier[];
  readonly whatsapp?: WhatsappWebhook | undefined;
  /** Shared with the gateway that hands over SMS. */
  readonly smsSecret?: string | undefined;
  readonly voiceSecret?: string | undefined;
}

/** What was announced meanwhile is reacted to together: nobody sees a fifth of a second, and a crowd costs one look. */
const REACT_AFTER_MS = 200;
/** Seconds after which a request that still runs at shutdown is cut off. */
const SHUTDOWN_SECONDS = 20;
const CLOSE_IDLE_MS = 50;

/** Puts the parts together: what listens, what reacts, what is due. */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const { config, services, senders, dist } = options;
  const automatic = { automatic: options.automatic ?? true };
  const metrics = openMetrics(services.database);
  metrics.measure(
    "ventanilla_exact_time_views",
    "Looks at exact times today (UTC): views, contacts that looked, and the most of one contact.",
    async () => {
      const today = localDateAt(services.clock.now(), "UTC");
      return { ...(await countTimeViews(systemContext(services, "metrics"), today)) };
    },
  );
  const snapshot = await startSnapshot(services);
  const dispatcher = startDispatcher(services, subscriptions, automatic);
  const talking = { availability: () => snapshot.current(), carriers: options.talk?.carriers ?? [] };
  const tasks = startTimetable(services, timetable(senders, talking, options.draws ?? { kind: "weekly" }), automatic);
  const rooms = startRooms(services, automatic);
  const assets = assetsFrom(dist);
  const tls = config.TLS_CERT && config.TLS_KEY ? { cert: config.TLS_CERT, key: config.TLS_KEY } : undefined;
  const web = createHttpServer({
    log: services.log,
    publicOrigin: services.publicOrigin,
    trustedProxy: config.TRUSTED_PROXY,
    tls,
    errorPage: (request, status, id) => errorPage(request, status, id, assets),
  });

  web.addHook("onResponse", (request, reply, done) => {
    metrics.observe(request.routeOptions.url ?? "unknown", reply.statusCode, reply.elapsedTime / 1000);
    // Whatever a write announced is reacted to now, and whatever a reaction queued leaves now.
    if (automatic.automatic && request.method === "POST" && reply.statusCode < 400) soon();
    done();
  });
  const staff = await registerApi(web, services, { snapshot, css: assets.css, carriers: talking.carriers });
  await registerWeb(web, services, { snapshot, assets });
  const screens = serveHall(web, { services, assets }, { feed: staff.feed });
  await serveConsole(web, dist);
  if (options.talk?.whatsapp) await registerWhatsapp(web, services, options.talk.whatsapp);
  if (options.talk?.smsSecret) await registerSms(web, services, options.talk.smsSecret);
  if (options.talk?.voiceSecret) await registerVoice(web, services, { secret: options.talk.voiceSecret, talking });
  await options.extend?.(web, { services, dispatcher, timetable: tasks });

  const internal = createInternalServer({
    metrics,
    ready: () => services.database.transaction("citizen_reader", {}, () => Promise.resolve(true)),
  });
  let sending: Promise<unknown> = Promise.resolve();
  let waiting = false;
  function soon(): void {
    if (waiting) return;
    waiting = true;
    sending = sending
      .then(async () => {
        await wait(REACT_AFTER_MS);
        waiting = false;
        await converse(systemContext(services, "conversation"), talking);
        await dispatcher.drain();
        await sendDueMessages(systemContext(services, "message"), senders);
      })
      .catch(() => undefined);
  }

  return {
    services,
    web,
    dispatcher,
    timetable: tasks,
    rooms,
    refreshSnapshot: async () => void (await snapshot.refresh()),
    async listen() {
      await web.listen({ host: config.HOST, port: config.PORT });
      await internal.listen({ host: config.INTERNAL_HOST, port: config.INTERNAL_PORT });
      setImmediate(warmGazetteer);
      return { port: portOf(web), internalPort: portOf(internal) };
    },
    async close() {
      const cutOff = setTimeout(() => web.server.closeAllConnections(), SHUTDOWN_SECONDS * 1000);
      // A connection that was busy when closing began stays open after its answer: nobody else would close it.
      const whenIdle = setInterval(() => web.server.closeIdleConnections(), CLOSE_IDLE_MS);
      screens.close();
      await staff.close();
      await web.close();
      clearInterval(whenIdle);
      clearTimeout(cutOff);
      await Promise.all([bookingIdle(services), joinsIdle(services)]);
      await sending;
      await Promise.all([tasks.stop(), rooms.stop(), dispatcher.stop(), snapshot.stop(), internal.close()]);
      await services.keyring.close();
      await services.database.close();
    },
  };
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
