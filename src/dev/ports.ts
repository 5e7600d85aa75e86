import { createServer } from "node:net";
import { Plain } from "./plain.ts";

/** Ports tried one after another when nobody asked for a certain one. */
const TRIED = 50;

/** The port that was asked for, or the first free one from `first` on. */
export async function choosePort(host: string, asked: string | undefined, first: number): Promise<number> {
  if (asked !== undefined && asked !== "") {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Plain(`"${asked}" is no port. Give a number from 1 to 65535.`);
    const free = await probe(host, port);
    if (free === undefined)
      throw new Plain(`Another program uses port ${port}. Start with another one: PORT=${port + 1} npm start`);
    return free;
  }
  for (let port = first; port < first + TRIED; port += 1) {
    const free = await probe(host, port);
    if (free !== undefined) return free;
  }
  throw new Plain(`No port from ${first} to ${first + TRIED - 1} is free. Choose one: PORT=… npm start`);
}

function probe(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
