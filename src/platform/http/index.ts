export { createHttpServer, type HttpOptions } from "./server.ts";
export { createInternalServer, openMetrics, type Metrics } from "./internal.ts";
export { problem, type Problem } from "./problem.ts";
export { isUnchanged, sendTagged, tag, type Tagged } from "./tagged.ts";
export { parseJson, UnreadableJson } from "./json.ts";
