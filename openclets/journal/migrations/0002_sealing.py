from django.db import migrations

# Every table but the last only grows. `at` tells in which month an entry lies.
TABLES = """
    CREATE TABLE journal_sealed (
        leaf_index bigint NOT NULL CONSTRAINT journal_sealed_place_once PRIMARY KEY
            CONSTRAINT journal_sealed_place_from_zero CHECK (leaf_index >= 0),
        entry_number bigint NOT NULL CONSTRAINT journal_sealed_entry_once UNIQUE,
        at timestamptz NOT NULL
    );
    CREATE TABLE journal_checkpoint (
        size bigint NOT NULL CONSTRAINT journal_checkpoint_size_once PRIMARY KEY,
        note text NOT NULL,
        signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE TABLE journal_cosignature (
        size bigint NOT NULL,
        witness text NOT NULL,
        line text NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT journal_cosignature_once PRIMARY KEY (size, witness)
    );
    CREATE TABLE journal_erased (
        entry_number bigint NOT NULL CONSTRAINT journal_erased_once PRIMARY KEY,
        erased_by bigint NOT NULL
    );
    CREATE INDEX journal_erased_by ON journal_erased (erased_by);
    CREATE TABLE journal_hold (
        placed_by bigint NOT NULL CONSTRAINT journal_hold_once PRIMARY KEY,
        field text NOT NULL CONSTRAINT journal_hold_field_known CHECK (
            field IN ('number', 'user_name', 'agency', 'record', 'subject_name', 'case_number')),
        value text NOT NULL CONSTRAINT journal_hold_value_not_empty CHECK (value <> '')
    );
    CREATE TABLE journal_hold_ended (
        placed_by bigint NOT NULL CONSTRAINT journal_hold_ended_once PRIMARY KEY,
        ended_by bigint NOT NULL
    );
    CREATE TABLE journal_archived (
        file text NOT NULL CONSTRAINT journal_archived_file_once PRIMARY KEY,
        sha256 bytea NOT NULL,
        count bigint NOT NULL,
        first_index bigint NOT NULL,
        last_index bigint NOT NULL,
        archived_by bigint NOT NULL
    );
    CREATE TABLE journal_sealing (
        single boolean NOT NULL DEFAULT true CONSTRAINT journal_sealing_one_row PRIMARY KEY
            CONSTRAINT journal_sealing_one_row_only CHECK (single),
        cluster bigint NOT NULL,
        seen pg_snapshot NOT NULL,
        size bigint NOT NULL
    );
    INSERT INTO journal_sealing (cluster, seen, size) VALUES (0, '1:1:', 0);
"""

PROTECTION = """
    DO $$
    DECLARE kept text;
    BEGIN
        FOREACH kept IN ARRAY ARRAY['journal_sealed', 'journal_checkpoint', 'journal_cosignature', 'journal_erased',
                                    'journal_hold', 'journal_hold_ended', 'journal_archived']
        LOOP
            EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                            FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()', kept || '_only_grows', kept);
            EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept, kept || '_only_grows');
        END LOOP;
    END $$;

    -- No body goes without the entry that says so, and none that is held.
    CREATE FUNCTION journal_refuse_unrecorded_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM journal_erased WHERE entry_number = OLD.entry_number) THEN
            RAISE EXCEPTION 'the journal refuses to erase body % without an entry', OLD.entry_number
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF EXISTS (
            SELECT FROM journal_hold h JOIN journal_entry e ON e.number = OLD.entry_number AND e.at = OLD.at
             WHERE NOT EXISTS (SELECT FROM journal_hold_ended d WHERE d.placed_by = h.placed_by)
               AND CASE h.field
                   WHEN 'number' THEN h.value = e.number::text
                   WHEN 'user_name' THEN h.value = e.user_name
                   WHEN 'agency' THEN h.value = e.agency
                   WHEN 'record' THEN h.value = ANY (e.records)
                   WHEN 'subject_name' THEN upper(h.value) = upper(OLD.personal ->> 'subject_name')
                   ELSE upper(h.value) = upper(OLD.personal ->> 'case_number') END
        ) THEN
            RAISE EXCEPTION 'the journal refuses to erase body %, which is held', OLD.entry_number
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END $$;
    CREATE TRIGGER journal_body_erasure_recorded BEFORE DELETE ON journal_body
        FOR EACH ROW EXECUTE FUNCTION journal_refuse_unrecorded_erasure();
    ALTER TABLE journal_body ENABLE ALWAYS TRIGGER journal_body_erasure_recorded;
"""

PRIVILEGES = """
    DO $$
    DECLARE other name;
    BEGIN
        FOR other IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                      WHERE table_name = 'journal_sealed' AND grantee <> current_user
        LOOP
            EXECUTE format('REVOKE ALL ON journal_sealed, journal_checkpoint, journal_cosignature, journal_erased,
                            journal_hold, journal_hold_ended, journal_archived, journal_sealing FROM %I', other);
            EXECUTE format('GRANT SELECT, INSERT ON journal_sealed, journal_checkpoint, journal_cosignature,
                            journal_hold, journal_hold_ended TO %I', other);
            EXECUTE format('GRANT SELECT ON journal_erased, journal_archived TO %I', other);
            EXECUTE format('GRANT SELECT, UPDATE ON journal_sealing TO %I', other);
        END LOOP;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'openclets_retention') THEN
            -- Erasing and its entry are one transaction, so the role that erases also records.
            GRANT SELECT, INSERT ON journal_entry, journal_body, journal_erased TO openclets_retention;
            GRANT SELECT ON journal_hold, journal_hold_ended TO openclets_retention;
            GRANT USAGE ON SEQUENCE journal_entry_number TO openclets_retention;
        END IF;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(TABLES),
        migrations.RunSQL(PROTECTION),
        migrations.RunSQL(PRIVILEGES),
    ]
