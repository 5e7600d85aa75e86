import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRunning, processName } from "./postgres/processes.ts";
import { Plain } from "./plain.ts";

export interface Running {
  /** Tells later starts where this one answers. */
  at(address: string): Promise<void>;
  end(): Promise<void>;
}

/** What was asked for is there: no failure. */
export class RunsAlready extends Plain {}

interface Note {
  readonly process: string;
  readonly address?: string;
}

/** Marks this checkout's start as under way; refuses a second one with the address of the first. */
export async function markRunning(directory: string): Promise<Running> {
  const path = join(directory, "running.json");
  const mine = await processName();
  const write = (note: Note, flag: "w" | "wx") => writeFile(path, JSON.stringify(note), { mode: 0o600, flag });
  for (;;) {
    try {
      await write({ process: mine }, "wx");
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = await readNote(path);
    if (other && (await isRunning(other.process))) {
      throw new RunsAlready(
        other.address === undefined
          ? "Ventanilla is being started from this folder already. Wait for its address there."
          : `Ventanilla runs already: ${other.address}`,
      );
    }
    await rm(path, { force: true });
  }
  return {
    at: (address) => write({ process: mine, address }, "w"),
    end: () => rm(path, { force: true }),
  };
}

/** Where this checkout's demo answers; undefined when none runs. */
export async function findRunning(directory: string): Promise<string | undefined> {
  const note = await readNote(join(directory, "running.json"));
  return note && (await isRunning(note.process)) ? note.address : undefined;
}

async function readNote(path: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Note;
  } catch {
    return undefined;
  }
}
