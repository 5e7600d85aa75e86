export * from "./walk-ins.ts";
export * from "../queries/lots.ts";
export * from "../queries/walk-in-room.ts";
export * from "../rules/lot.ts";
