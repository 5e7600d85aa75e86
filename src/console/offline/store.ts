import type { Sealed } from "./vault.ts";

/** What this browser keeps between its days: that it is a tablet of an office. */
export interface KeptTablet {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
}

/** A list that was taken along. `list` is gone once it expired; `proof` still tells a right PIN from a wrong one. */
export interface KeptLoan {
  readonly loanId: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly proof: Sealed;
  readonly list: Sealed | null;
  /** Wrong PINs so far. */
  readonly wrong: number;
}

interface Stores {
  readonly tablet: KeptTablet;
  readonly loan: KeptLoan;
}

const NAME = "ventanilla-offline";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("acts");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error!);
  });
}

/** One transaction; done when it is on the disk and not before. */
async function within<T>(mode: IDBTransactionMode, work: (tx: IDBTransaction) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const tx = database.transaction(["kept", "acts"], mode, { durability: "strict" });
      const request = work(tx);
      tx.oncomplete = () => resolve(request.result);
      tx.onabort = () => reject(tx.error ?? new Error("not kept"));
    });
  } finally {
    database.close();
  }
}

export function readKept<Key extends keyof Stores>(key: Key): Promise<Stores[Key] | undefined> {
  return within("readonly", (tx) => tx.objectStore("kept").get(key) as IDBRequest<Stores[Key] | undefined>);
}

export async function keep<Key extends keyof Stores>(key: Key, value: Stores[Key]): Promise<void> {
  await within("readwrite", (tx) => tx.objectStore("kept").put(value, key));
}

/**
 * An act that is there already is never written over, by another tab least of all; and one of a list that was handed in
 * or erased meanwhile is not kept at all.
 */
export async function addAct(loanId: string, counter: number, act: Sealed): Promise<void> {
  await within("readwrite", (tx) => {
    const loan = tx.objectStore("kept").get("loan") as IDBRequest<KeptLoan | undefined>;
    loan.onsuccess = () => loan.result?.loanId !== loanId && tx.abort();
    return tx.objectStore("acts").add(act, counter);
  });
}

export function readActs(): Promise<Sealed[]> {
  return within("readonly", (tx) => tx.objectStore("acts").getAll() as IDBRequest<Sealed[]>);
}

/** The list and all that was done with it; the browser stays a tablet. */
export async function eraseLoan(): Promise<void> {
  await within("readwrite", (tx) => {
    tx.objectStore("acts").clear();
    return tx.objectStore("kept").delete("loan");
  });
}
