import { disclose, findContactsByAddress, RELEASE_REASONS } from "#modules/people/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import { holdings, type Holding, type Link } from "#platform/holdings.ts";

/** How what belongs to a telephone is found: by its contact, by what the contact has, or by the keyed digest of the number. */
export const LINKS: readonly Link[] = [
  { column: "contact_id" },
  { column: "booking_id", through: "booking.bookings" },
  { column: "request_id", through: "allocation.requests" },
  { column: "session_id", through: "people.sessions" },
  { column: "who" },
];

/** What nobody can produce, because it is not there (security.md 4.2, docs/runbooks/retention.md). */
const NEVER_KEPT: readonly string[] = [
  "Dirección de red (IP), aparato y navegador: no se guardan.",
  "Ubicación del teléfono: no se pide ni se guarda.",
  "Situación migratoria, país de entrada, patrón, religión: no se preguntan.",
  "Copias de documentos: no se guardan.",
  "Texto de los mensajes enviados: se escribe al enviarlo y no se guarda.",
  "Códigos y PIN: solo queda una huella que no se puede invertir.",
  "Lista de personas por nacionalidad, ciudad o código postal: no existe esa consulta.",
];

/**
 * The answer to "what can be produced about this telephone", to be printed: by table what is held, and what is not.
 * Needs the signatures of two people, given by the API of the console; without them it says how many are missing. The number itself is not repeated.
 */
export async function disclosure(ctx: Context, phone: string, reason?: string): Promise<string> {
  const reasons = RELEASE_REASONS.disclosure;
  const known = reasons.find((one) => one === reason);
  const ask = `Diga también el motivo, uno de: ${reasons.join(", ")}.\n`;
  if (reason !== undefined && known === undefined) return ask;
  const whose = async (tx: Tx) => (await findContactsByAddress(ctx, tx, [{ kind: "phone", typed: phone }]))[0];
  const outcome = await disclose(
    ctx,
    { phone, reason: known },
    async (tx, digests) => {
      const contact = await whose(tx);
      return holdings(tx, LINKS, { contacts: contact === undefined ? [] : [contact], digests });
    },
    whose,
  );
  if (outcome === undefined) return "Ese número no es un teléfono. Léalo otra vez.\n";
  if ("needsReason" in outcome) return ask;
  if ("signed" in outcome) {
    const until = outcome.expiresAt.toISOString().slice(0, 16).replace("T", " ");
    return `Faltan ${2 - outcome.signed} firmas (POST /api/v1/console/releases/…/sign), antes de ${until} UTC. Después repita esta orden.\n`;
  }
  return answerText(outcome.answer, ctx.now);
}

export function answerText(found: readonly Holding[], now: Date): string {
  const held = found.filter(({ rows }) => rows !== 0 && rows !== null);
  const none = found.filter(({ rows }) => rows === 0).map(({ table }) => table);
  const unseen = found.filter(({ rows }) => rows === null).map(({ table }) => table);
  const list = (items: readonly string[]) => items.map((one) => `  - ${one}`);
  return `${[
    "QUÉ SE PUEDE ENTREGAR SOBRE ESTE TELÉFONO",
    `Fecha: ${now.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    "",
    "1. Lo que hay, por tabla",
    ...(held.length === 0 ? ["  Nada."] : held.flatMap(describe)),
    "",
    "2. Tablas donde no hay nada",
    ...list(none),
    "",
    "3. Tablas que este programa no puede leer por teléfono",
    ...list(unseen),
    "",
    "4. Lo que no se puede entregar porque no existe",
    ...list(NEVER_KEPT),
    "",
    "Lo que se borró antes de esta fecha no se puede recuperar: se destruyó la llave.",
    "La bitácora (audit.entries) tiene seudónimos, acciones y horas, sin nombres ni números.",
  ].join("\n")}\n`;
}

function describe({ table, rows, personal, others }: Holding): string[] {
  return [
    `  ${table}: ${rows}`,
    ...(personal.length > 0 ? [`    Sellado, solo se abre con las llaves: ${personal.join(", ")}`] : []),
    `    A la vista: ${others.join(", ")}`,
  ];
}
