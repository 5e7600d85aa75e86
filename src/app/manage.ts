import { readFile, rename, writeFile } from "node:fs/promises";
import { advanceDraws, type DrawId } from "#modules/allocation/index.ts";
import { listParties, rekeyBookings, rekeyRequests } from "#modules/booking/index.ts";
import { rekeyIdentity } from "#modules/integrity/index.ts";
import { addStaff, createEnrolment, rekeyContacts } from "#modules/people/index.ts";
import { isUuid } from "#kernel/ids.ts";
import { readConfig } from "#platform/config.ts";
import { broughtBeacon } from "#platform/beacon/index.ts";
import { systemContext, transaction, type Context } from "#platform/context.ts";
import type { RotatedDigest } from "#platform/keyring/index.ts";
import { askAllAgain, askLogAgain, shredDue, shredLog } from "#platform/shreds.ts";
import { auditVerdict } from "./audit-verdict.ts";
import { sealForAuditors } from "./auditors.ts";
import { disclosure } from "./disclosure.ts";
import { openServices } from "./services.ts";

/**
 * `npm run manage -- first-admin NAME` and `npm run manage -- rotate KEY`: what a new installation and
 * a yearly change of keys need, done by the same commands and audited like everything else.
 */
const HELP = `npm run manage -- first-admin "Name that colleagues see"   prints the link by which the passkey is made
npm run manage -- rotate ${["claim", "folio", "contact", "identity"].join("|")}            gives digests a new key while everything runs
npm run manage -- shred-again                              after an older keyring was restored: destroys again what was erased meanwhile
npm run manage -- shred-again FILE                         the same by the log in a file, where the database is older too
npm run manage -- shred-log FILE                           writes that log: what was destroyed in the last 8 days, numbers without persons
npm run manage -- disclosure PHONE REASON                  prints what could be produced about a telephone, once two people have signed it
npm run manage -- verify-audit                             follows the chain of the audit log, up to each of its signed heads
npm run manage -- verify-audit FILE                        the same with heads that somebody kept of /open/v1/audit-heads
npm run manage -- draws                                    does what is due of draws, as a server does each minute
npm run manage -- draws ROUND SIGNATURE                    the same with a round of drand that somebody brought, when no mirror is reached
npm run manage -- auditors DRAW FOLDER                     writes all rows of a draw, sealed for AUDITORS, within a day after its result
`;

/** Which digests change together, and what repeats the stored ones under the new version. */
const ROTATIONS: Readonly<
  Record<string, { readonly names: readonly RotatedDigest[]; readonly rekey: (ctx: Context) => Promise<number> }>
> = {
  claim: { names: ["claim.name", "claim.curp"], rekey: rekeyClaims },
  folio: { names: ["folio"], rekey: rekeyBookings },
  contact: { names: ["contact"], rekey: rekeyContacts },
  identity: { names: ["identity"], rekey: (ctx) => rekeyIdentity(ctx, listParties) },
};
async function rekeyClaims(ctx: Context): Promise<number> {
  return (await rekeyBookings(ctx)) + (await rekeyRequests(ctx));
}
/** Other nodes write the new version after this long at the latest; only then is every old row sure to be seen. */
const OTHER_NODES_MS = 5_000;

const [command, argument, further] = process.argv.slice(2);
const config = readConfig();
const services = openServices(config);
const ctx = systemContext(services, "manage");
try {
  process.stdout.write(await carryOut());
} finally {
  await Promise.all([services.database.close(), services.keyring.close()]);
}

async function carryOut(): Promise<string> {
  if (command === "first-admin" && argument) {
    const added = await addStaff(ctx, { role: "admin", name: argument });
    if (!added.ok) throw new Error(`not added: ${added.refusal.code}`);
    const enrolment = await createEnrolment(ctx, added.value.id);
    if (!enrolment.ok) throw new Error(`no link: ${enrolment.refusal.code}`);
    return `Open once, until ${enrolment.value.expiresAt.toISOString()}:\n${services.publicOrigin}/consola/alta#${enrolment.value.token}\n`;
  }
  if (command === "draws") {
    const beacon = argument === undefined ? ctx.beacon : broughtBeacon(Number(argument), further ?? "");
    if (beacon === undefined) throw new Error("not drand's: the signature is not of this round");
    await advanceDraws({ ...ctx, beacon });
    return "Done: whatever was due of draws.\n";
  }
  if (command === "auditors" && argument !== undefined && isUuid(argument) && further !== undefined) {
    const path = await sealForAuditors(ctx, argument as DrawId, further, config.AUDITORS);
    return `Sealed for ${config.AUDITORS.length}: ${path}\n`;
  }
  if (command === "shred-again") {
    const log = argument === undefined ? undefined : await readFile(argument, "utf8");
    await transaction(ctx, "worker", (tx) => (log === undefined ? askAllAgain(tx) : askLogAgain(tx, log)));
    return `${await shredDue(ctx)} shares of keys were destroyed.\n`;
  }
  if (command === "shred-log" && argument) {
    // Whole or not at all: a log that was cut off would leave the rest readable.
    await writeFile(`${argument}.new`, await transaction(ctx, "worker", shredLog));
    await rename(`${argument}.new`, argument);
    return `Written: ${argument}\n`;
  }
  if (command === "disclosure" && argument) return disclosure(ctx, argument, further);
  if (command === "verify-audit") {
    const { fault, text } = await auditVerdict(
      ctx,
      argument === undefined ? undefined : await readFile(argument, "utf8"),
    );
    if (fault) process.exitCode = 1;
    return text;
  }
  const rotation = command === "rotate" && argument ? ROTATIONS[argument] : undefined;
  if (!rotation) {
    process.exitCode = 2;
    return HELP;
  }
  for (const name of rotation.names) await services.keyring.rotate(name);
  await new Promise((resolve) => setTimeout(resolve, OTHER_NODES_MS));
  const repeated = await rotation.rekey(ctx);
  for (const name of rotation.names) await services.keyring.endRotation(name);
  return `${repeated} rows were repeated under the new key; the old one is destroyed.\n`;
}
