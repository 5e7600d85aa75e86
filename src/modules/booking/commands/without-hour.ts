export * from "./walk-ins.ts";
export * from "./dated.ts";
