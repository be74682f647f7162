#!/usr/bin/env bash
#
# Run once, by the image's own start, when the database's directory is new: the master gets a user and
# a database of its own, and the superuser can no longer come in over the network.

set -euo pipefail

psql --username postgres --dbname postgres --no-psqlrc --quiet \
    --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/database-password)" <<'SQL'
CREATE ROLE meseta LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE meseta OWNER meseta;
REVOKE CONNECT ON DATABASE meseta FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
SQL
