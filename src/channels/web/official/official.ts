import type { FastifyInstance, FastifyRequest } from "fastify";
import { MOST_PICTURE_BYTES } from "#modules/adverts/index.ts";
import { servePublicPage } from "../public-page.ts";
import type { Web } from "../shell.tsx";
import { anybody, serve } from "../visit/visit.tsx";
import { checkedPage, officialPage } from "./official.page.tsx";
import { reportAdvertPage, reportedPage } from "./report.page.tsx";

/** Bytes of a form with a picture: the picture, the words and what stands between them. */
const FORM_BYTES = MOST_PICTURE_BYTES + 100_000;

/** What is ours, what we never do, and who sells what we give away. */
export function serveOfficial(app: FastifyInstance, web: Web): void {
  servePublicPage(app, web, "/oficial", officialPage);
  for (const route of [checkedPage, reportedPage]) serve(app, web, "official", route, anybody);
  // Only this form carries a file, so only here is one read.
  void app.register(async (form) => {
    form.addContentTypeParser(/^multipart\/form-data\b/, { parseAs: "buffer", bodyLimit: FORM_BYTES }, readForm);
    serve(form, web, "report an advert", reportAdvertPage, anybody);
  });
}

/** A form of texts and files, read by the runtime's own parser: texts stay texts, a file is its bytes. */
async function readForm(request: FastifyRequest, body: string | Buffer): Promise<Record<string, string | Buffer>> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const form = await new Response(new Uint8Array(body as Buffer), { headers }).formData().catch(() => {
    throw Object.assign(new Error("unreadable form"), { statusCode: 400 });
  });
  const fields = [...form.entries()].map(async ([name, value]): Promise<[string, string | Buffer]> => [
    name,
    typeof value === "string" ? value : Buffer.from(await value.arrayBuffer()),
  ]);
  return Object.fromEntries(await Promise.all(fields));
}
