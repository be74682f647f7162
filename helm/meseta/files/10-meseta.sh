#!/usr/bin/env bash
#
# Run once, by the image's own start, when the database's directory is new: each service that keeps
# something gets a user and a database of its own, and the superuser can no longer come in over the
# network. The passwords are files named like the users.

set -euo pipefail

for name in meseta meseta_auth; do
    psql --username postgres --dbname postgres --no-psqlrc --quiet \
        --set ON_ERROR_STOP=1 --set name="$name" --set password="$(cat "/run/meseta/$name")" <<'SQL'
CREATE ROLE :"name" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
done

psql --username postgres --dbname postgres --no-psqlrc --quiet \
    --set ON_ERROR_STOP=1 --command 'ALTER ROLE postgres PASSWORD NULL'
