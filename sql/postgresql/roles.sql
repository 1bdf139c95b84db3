-- The roles of QuikApp Realtime and the schemas they work in. Run once a database, by a superuser, connected to that database:
--
--     psql --set ON_ERROR_STOP=1 --dbname quikapp --file roles.sql
--
-- then give the roles that log in their passwords (\password quikapp_owner, \password quikapp_app …), and run the verb
-- migrate as quikapp_owner. Running it again changes nothing.
--
--   quikapp_owner    owns the tables; migrates
--   quikapp_app      what the servers run as: appends to the journal and cannot change or remove what is in it
--   quikapp_auditor  reads the journal; cannot read the keys, so it reads no content
--   quikapp_backup   reads everything

SET client_min_messages = warning;
BEGIN;

DO $$
DECLARE
    role_name TEXT;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['quikapp_owner', 'quikapp_app', 'quikapp_auditor', 'quikapp_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', role_name);
        END IF;
    END LOOP;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO quikapp_owner, quikapp_app, quikapp_auditor, quikapp_backup', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS quikapp AUTHORIZATION quikapp_owner;
CREATE SCHEMA IF NOT EXISTS quikapp_keys AUTHORIZATION quikapp_owner;

GRANT USAGE ON SCHEMA quikapp TO quikapp_app, quikapp_auditor, quikapp_backup;
GRANT USAGE ON SCHEMA quikapp_keys TO quikapp_app, quikapp_backup;

-- Tables come with migrations. What the servers may do with each is said by the migration that makes it.
ALTER DEFAULT PRIVILEGES FOR ROLE quikapp_owner IN SCHEMA quikapp GRANT SELECT ON TABLES TO quikapp_app, quikapp_auditor, quikapp_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE quikapp_owner IN SCHEMA quikapp_keys GRANT SELECT ON TABLES TO quikapp_app, quikapp_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE quikapp_owner IN SCHEMA quikapp GRANT SELECT ON SEQUENCES TO quikapp_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE quikapp_owner IN SCHEMA quikapp_keys GRANT SELECT ON SEQUENCES TO quikapp_backup;

COMMIT;
