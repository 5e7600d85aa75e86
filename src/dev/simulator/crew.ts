import { Worker } from "node:worker_threads";
import { type Errand, type Study } from "./study.ts";

/** Hands errands to workers, one at a time each; the answers stand in the order of the question. */
export async function studyAll(
  errands: readonly Errand[],
  { script, workers, said }: { script: URL; workers: number; said: (study: Study) => void },
): Promise<Study[]> {
  const studies: Study[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(script);
      try {
        while (next < errands.length) {
          const index = next++;
          const study = await ask(worker, errands[index]!);
          studies[index] = study;
          said(study);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return studies;
}

function ask(worker: Worker, errand: Errand): Promise<Study> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    worker.once("error", failed);
    worker.once("message", (study: Study) => {
      worker.off("error", failed);
      resolve(study);
    });
    worker.postMessage(errand);
  });
}
