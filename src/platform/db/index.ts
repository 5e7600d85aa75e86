export { sql, type Sql } from "./sql.ts";
export { openDatabase, rows, run, oneRow, isDatabaseError, CommitUnknown,
  settleAtCommit, type Database, type DatabaseOptions, type Scope, type Tx } from "./database.ts";
export { PATH_ROLES, roleName, rolePassword, roleUrl, type PathRole } from "./roles.ts";
export { migrate, type Stamp } from "./migrate.ts";
export { NotOurs, refuseForeignRoles } from "./strangers.ts";
export { asOwner, readStamp } from "./owner.ts";
