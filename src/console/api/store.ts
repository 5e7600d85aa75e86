import { useSyncExternalStore } from "react";

/** One value that several components show; it lives as long as the page. */
export function createStore<T>(initial: T) {
  const listeners = new Set<() => void>();
  let value = initial;
  const get = () => value;
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const set = (next: T) => {
    if (Object.is(value, next)) return;
    value = next;
    for (const listener of listeners) listener();
  };
  return { get, set, use: (): T => useSyncExternalStore(listen, get, get) };
}

/** What a browser keeps between pages: habits of the device (a language, a counter's number), never a person's datum. */
export function keepIn(storage: () => Storage, key: string) {
  return {
    read(): string | null {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    write(value: string): void {
      try {
        storage().setItem(key, value);
      } catch {
        // A browser that keeps nothing forgets the habit when the page is closed.
      }
    },
  };
}
