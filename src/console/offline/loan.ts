import type { LoanedParty, OfflineAct, Session, TakenList } from "../api/types.ts";
import { keepIn } from "../api/store.ts";
import { BASE } from "../urls.ts";
import { addAct, eraseLoan, keep, readActs, readKept, type KeptLoan } from "./store.ts";
import { keyOf, newSalt, seal, unseal } from "./vault.ts";

/** Engineering 19: ten wrong PINs erase the list. */
export const MOST_WRONG_PINS = 10;
/** Digits or letters; a million possibilities at the least. */
export const SHORTEST_PIN = 6;
const PROOF = "list";
const CACHE = "ventanilla-list";

/** One act as it is kept and sent. */
export interface KeptAct {
  readonly counter: number;
  readonly bookingId: string;
  /** Milliseconds UTC by this device. */
  readonly at: number;
  readonly act: OfflineAct;
}

export interface Carried extends Pick<TakenList, "localDate"> {
  /** Who took it, for what the office calls its services. */
  readonly session: Session;
  readonly parties: readonly LoanedParty[];
}

/** A list that was opened with its PIN; `carried` is undefined once it expired. */
export interface OpenLoan {
  readonly key: CryptoKey;
  readonly loanId: string;
  readonly carried: Carried | undefined;
  readonly acts: readonly KeptAct[];
}

/** Whether this browser carries a list, known without asking its database: where to go when nobody answers. */
const mark = keepIn(() => localStorage, "ventanilla.list");
export const carriesList = (): boolean => mark.read() === "1";

/** Keeps a list under a PIN. Says whether the browser promised not to clear them. */
export async function keepList(list: TakenList, session: Session, pin: string): Promise<{ persisted: boolean }> {
  const salt = newSalt();
  const key = await keyOf(pin, salt);
  const { loanId, localDate, parties } = list;
  const carried: Carried = { localDate, parties, session };
  await eraseLoan();
  await keep("loan", {
    loanId,
    expiresAt: Date.parse(list.expiresAt),
    salt,
    proof: await seal(key, PROOF),
    list: await seal(key, carried),
    wrong: 0,
  });
  mark.write("1");
  return { persisted: await navigator.storage.persist().catch(() => false) };
}

/** What of a list can be known without its PIN. The names of one that expired go now. */
export async function peekLoan(): Promise<{ wrong: number; expired: boolean; acts: number } | undefined> {
  const loan = await readKept("loan");
  if (!loan) return undefined;
  const expired = Date.now() >= loan.expiresAt;
  if (expired && loan.list) await keep("loan", { ...loan, list: null });
  return { wrong: loan.wrong, expired, acts: (await readActs()).length };
}

/** Opens the list; a wrong PIN counts before it is tried, so that switching the tablet off gains nothing. */
export async function openLoan(pin: string): Promise<OpenLoan | { readonly left: number }> {
  const loan = await readKept("loan");
  if (!loan) return { left: 0 };
  const tried: KeptLoan = { ...loan, wrong: loan.wrong + 1 };
  await keep("loan", tried);
  const key = await keyOf(pin, loan.salt);
  if ((await unseal(key, loan.proof)) !== PROOF) {
    if (tried.wrong >= MOST_WRONG_PINS) await forgetLoan();
    return { left: Math.max(0, MOST_WRONG_PINS - tried.wrong) };
  }
  await keep("loan", { ...loan, wrong: 0, ...(Date.now() >= loan.expiresAt ? { list: null } : {}) });
  const isOver = Date.now() >= loan.expiresAt;
  const carried = loan.list && !isOver ? await unseal<Carried>(key, loan.list) : undefined;
  return { key, loanId: loan.loanId, carried, acts: await actsKept(key) };
}

/** Every act that was written down under that key, by whichever tab, in order. */
export async function actsKept(key: CryptoKey): Promise<KeptAct[]> {
  const acts: KeptAct[] = [];
  for (const sealed of await readActs()) {
    const act = await unseal<KeptAct>(key, sealed);
    if (act) acts.push(act);
  }
  return acts;
}

/** Writes one act down. The screen says done only after this. */
export async function doOffline(loan: OpenLoan, bookingId: string, act: OfflineAct): Promise<OpenLoan> {
  const kept: KeptAct = { counter: loan.acts.length + 1, bookingId, at: Date.now(), act };
  await addAct(loan.loanId, kept.counter, await seal(loan.key, kept));
  return { ...loan, acts: [...loan.acts, kept] };
}

/** After the merge, or after ten wrong PINs: nothing of the list is left, nor the page that needed no network. */
export async function forgetLoan(): Promise<void> {
  await eraseLoan();
  mark.write("");
  await caches.delete(CACHE);
  const worker = await navigator.serviceWorker?.getRegistration(`${BASE}/`);
  await worker?.unregister();
}

/** Keeps the page itself, so that it opens without network: before a list is taken, for a list without it is lost. */
export async function keepPages(): Promise<void> {
  const files = (await (await fetch(`${BASE}/offline-files.json`)).json()) as string[];
  const cache = await caches.open(CACHE);
  await cache.addAll([`${BASE}/`, ...files.map((file) => `${BASE}/${file}`)]);
  await navigator.serviceWorker.register(`${BASE}/offline-worker.js`, { scope: `${BASE}/` });
  await navigator.serviceWorker.ready;
}
