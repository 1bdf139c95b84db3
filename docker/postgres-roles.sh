#!/usr/bin/env bash
# Makes the database and the roles of sql/postgresql/roles.sql, and gives them the passwords of the secrets' directory.
# Running it again changes nothing but passwords: that is also how they are rotated.
#
#   PGHOST=… PGUSER=postgres SECRETS=docker/secrets SQL=sql/postgresql docker/postgres-roles.sh
set -euo pipefail
secrets=${SECRETS:?the directory that make-secrets.sh wrote}
sql=${SQL:?the folder sql/postgresql}
database=${QUIKAPP_DATABASE:-quikapp}

[ -r "$sql/roles.sql" ] || { echo "postgres-roles: $sql/roles.sql is not there" >&2; exit 78; }
if [ -r "$secrets/postgres.password" ]; then
  PGPASSWORD=$(cat "$secrets/postgres.password")
  export PGPASSWORD
fi

run() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

if [ "$(run -d postgres -At -v name="$database" <<<"SELECT count(*) FROM pg_database WHERE datname = :'name'")" = 0 ]; then
  run -d postgres -v name="$database" <<<'CREATE DATABASE :"name"'
fi

run -d "$database" -f "$sql/roles.sql"

# psql reads the password itself: on its command line every account of the machine could see it.
for role in owner app auditor backup; do
  export PASSWORD_FILE=$secrets/$role.password
  run -d "$database" -v role="quikapp_$role" <<'SQL'
\set password `cat "$PASSWORD_FILE"`
ALTER ROLE :"role" LOGIN PASSWORD :'password';
SQL
done
echo "postgres-roles: database $database and its roles are there"
