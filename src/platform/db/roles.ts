import { createHmac } from "node:crypto";

/** The login roles, one for each path into the database; none owns a table, none may change the schema. */
export const PATH_ROLES = ["citizen_writer", "citizen_reader", "console", "worker", "report", "keyring"] as const;
export type PathRole = (typeof PATH_ROLES)[number];

/** The name in the cluster, where other projects' roles may live too. */
export function roleName(role: PathRole): string {
  return `ventanilla_${role}`;
}

/** One secret of the installation yields the password of each role, so that there is one thing to keep and to change. */
export function rolePassword(secret: string, role: PathRole): string {
  return createHmac("sha256", secret).update(`database role ${role}`).digest("base64url");
}

/** The connection string of that role for the database at `url`, whatever user stood in it. */
export function roleUrl(url: string, secret: string, role: PathRole): string {
  const own = new URL(url);
  own.username = roleName(role);
  own.password = rolePassword(secret, role);
  return own.toString();
}
