import { pick } from "./chance.ts";

/** Text that no name, date, code, key or address of ours may hold. */
export const HOSTILE_TEXTS: readonly string[] = [
  "'; drop table booking.bookings; --", "1' or '1'='1", "') union select pin_hash from people.cards --", "$1; select pg_sleep(10)", "\\'; truncate audit.entries;", "%' or 1=1 /*",
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "javascript:alert(1)", "{{7*7}}${7*7}<%= 7*7 %>", "=HYPERLINK(\"http://x\")", "<!--", "]]>", "&lt;script&gt;",
  "a\u0000b1", "line\r\nset-cookie: staff=1", "\u001b[31mred1", "\u0007;", "tab\tand\u000bvertical1", "\u0085;", "\u2028;", "\ufeff=", "1\u202ereversed", "\u2066isolated\u2069;", "\u200e\u200f1", "zero\u200bwidth1", "\ufffe\uffff1",
  "../../../../etc/passwd", "..\\..\\windows;", "%00", "%2e%2e%2f", "file:///etc/passwd", "http://169.254.169.254/latest", "|| ping -c 1 x ||", "`id`;", "$(id)", "\ud83d\udca9=", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA\u036b\u0357\u0334\u0362;",
  "NaN0", "-1", "1e999", "0x10", "null;", "undefined;", "true;", "[object Object]", "9".repeat(400), "=".repeat(70_000).slice(0, 5_000),
];

/** Pieces of JSON that stand for no value of ours, as they are written. */
export const HOSTILE_JSON: readonly string[] = ['"\\ud800"', '"\\udc00x"', "1e999", "-1e999", '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"a":1,"a":2}', `${"[".repeat(40)}1${"]".repeat(40)}`];

/** What stands in the address where an id belongs. */
export const HOSTILE_IDS: readonly string[] = [
  "0", "-1", "1e999", "null", "undefined", "NaN", "%00", "%2e%2e%2f%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%zz", "%", "%c0%af", "%ff%fe", "%F0%9F%92%A9", "a%0d%0aset-cookie:%20x=1", "%22%3E%3Cscript%3E", "'%20or%201=1--",
  "ABCDEF00-0000-4000-8000-000000000000", "{00000000-0000-4000-8000-000000000000}", "00000000-0000-4000-8000-00000000000", "00000000-0000-4000-8000-0000000000000", "00000000000040008000000000000000", "x".repeat(199), "x".repeat(300), "%e2%80%ae", "__proto__", "constructor", "toString", "%7B%7B7*7%7D%7D", "FRESNO", "fresno%20", "fresno;1=1",
];

export const HOSTILE_QUERIES: readonly string[] = [
  "near=%00", "near=%zz", "near=%ff%fe", "near=a&near=b", "near[]=a", "near[$ne]=1", "near[__proto__]=1", "__proto__[x]=1", "constructor.prototype.x=1", `near=${"x".repeat(81)}`, `near=${"%F0%9F%92%A9".repeat(50)}`, `near=${encodeURIComponent("'; drop table x; --")}`, "near=%E2%80%AE93701", "near", "&&&===", "officeId=FRESNO", "officeId=a&officeId=b", "officeId=%00", "officeId='--", `${"a=b&".repeat(2_000)}`,
];

/** Headers that break something in careless servers; values are what Node lets pass. */
export const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { authorization: "Bearer" }, { authorization: "Bearer " }, { authorization: `Bearer ${"x".repeat(5_000)}` }, { authorization: "bearer abcdefghijklmnopqrstuvwxyz" }, { authorization: "Basic YWRtaW46YWRtaW4=" }, { authorization: "Bearer ' or 1=1 -- ' or 1=1 --" },
  { cookie: "staff=" }, { cookie: `staff=${"x".repeat(3_000)}; visita=${"y".repeat(3_000)}` }, { cookie: "=; ;; staff; visita==;" }, { cookie: "staff=%00%zz; visita=%ff" }, { cookie: "__proto__=1; constructor=2; staff=\"quoted" }, { cookie: "staff=a; staff=b; visita=a; visita=b" },
  { "x-forwarded-for": "' or 1=1, <script>, 999.999.999.999" }, { host: "evil.example.org" }, { "x-forwarded-host": "evil.example.org", "x-forwarded-proto": "gopher" }, { origin: "null" }, { origin: "https://evil.example.org" }, { "sec-fetch-site": "cross-site" }, { referer: "javascript:alert(1)" },
  { accept: "*/*;q=NaN, text/html;;;" }, { "accept-encoding": "br;q=9, gzip, zstd, x".repeat(50) }, { "accept-language": "*;q=2,".repeat(200) }, { "if-none-match": "\"".repeat(500) }, { "if-modified-since": "never" }, { range: "bytes=0-18446744073709551615" }, { "content-encoding": "gzip" }, { expect: "200-maybe" }, { "last-event-id": "-1" }, { "x-http-method-override": "DELETE" },
];

/** Types that are not JSON, or not in UTF-8, or not quite. */
export const WRONG_TYPES: readonly string[] = [
  "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/octet-stream", "application/jsonp", "application/json5", "text/json", "application/cbor", "application/x-ndjson", "; charset=utf-8", "json", "*/*", "application/", "application/grpc",
];

/** A whole body that is no JSON document of ours, made from one that would be. */
export function brokenBodies(good: string): readonly Buffer[] {
  const text = good === "" ? "{}" : good;
  return [
    Buffer.from(`\ufeff${text}`), Buffer.from(text, "utf16le"), Buffer.from(`\ufeff${text}`, "utf16le"), Buffer.from(text).subarray(0, -1), Buffer.from(`${text}x`), Buffer.from(`${text}${text}`), Buffer.from(`[${text}`), Buffer.from(`// note\n${text}`), Buffer.from(text.replaceAll('"', "'").replace(/^\{\}$/, "{'a':1}")),
    Buffer.from(`${text.slice(0, -1)}${text === "{}" ? "" : ","}"x":1,"x":1}`), Buffer.from(`${text.slice(0, -1)}${text === "{}" ? "" : ","}"__proto__":{}}`), Buffer.from(`${text.slice(0, -1)},}`), Buffer.from("NaN"), Buffer.from("{"), Buffer.from("\0"), Buffer.from([0xff, 0xfe, 0xfd]), Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    Buffer.from(`{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`), Buffer.from('{"a":1e999}'), Buffer.from('{"a":"\\ud800"}'), Buffer.from("{".repeat(60_000)), Buffer.from(`{"a":"${"x".repeat(66_000)}"}`),
  ];
}

export function hostileText(random: () => number): string {
  return pick(HOSTILE_TEXTS, random);
}
