from django.db import migrations

# Made from the entries and bodies, and can be made again from them: what is not here is not lost, only not found.
# Entries come in behind the answers (journal/search_index.py), so that no question waits for it.
TABLES = """
    CREATE TABLE journal_search (
        entry_number bigint NOT NULL CONSTRAINT journal_search_entry_once PRIMARY KEY,
        at timestamptz NOT NULL,
        about tsvector NOT NULL,
        words tsvector NOT NULL
    );
    CREATE INDEX journal_search_about ON journal_search USING gin (about);
    CREATE INDEX journal_search_words ON journal_search USING gin (words);
    -- By which the rows of a month are found when its bodies leave the database.
    CREATE INDEX journal_search_at ON journal_search USING brin (at);
    ALTER TABLE journal_search ALTER about SET STATISTICS 1000, ALTER words SET STATISTICS 1000;
    CREATE TABLE journal_search_place (
        single boolean NOT NULL DEFAULT true CONSTRAINT journal_search_place_one_row PRIMARY KEY
            CONSTRAINT journal_search_place_one_row_only CHECK (single),
        cluster bigint NOT NULL,
        ended_before xid8 NOT NULL
    );
    INSERT INTO journal_search_place (cluster, ended_before) VALUES (0, '0');
"""

# What a body was found by goes with the body, in the same transaction; what is on the entry itself stays.
# The lock keeps an erasure and the indexing of the same entries from passing each other.
ERASURE = """
    CREATE FUNCTION journal_forget_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
    BEGIN
        PERFORM FROM journal_search_place FOR SHARE;
        UPDATE journal_search s
           SET words = ''::tsvector,
               about = array_to_tsvector(ARRAY(
                   SELECT DISTINCT left('r:' || upper(regexp_replace(record, '[^A-Za-z0-9]', '', 'g')), 60)
                     FROM journal_entry e, unnest(e.records) AS record
                    WHERE e.number = OLD.entry_number AND e.at = OLD.at AND record ~ '[A-Za-z0-9]'))
         WHERE s.entry_number = OLD.entry_number;
        RETURN NULL;
    END $$;
    CREATE TRIGGER journal_body_forgotten AFTER DELETE ON journal_body
        FOR EACH ROW EXECUTE FUNCTION journal_forget_erased();
    ALTER TABLE journal_body ENABLE ALWAYS TRIGGER journal_body_forgotten;
"""

PRIVILEGES = """
    DO $$
    DECLARE other name;
    BEGIN
        FOR other IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                      WHERE table_name = 'journal_search' AND grantee <> current_user
        LOOP
            EXECUTE format('REVOKE ALL ON journal_search, journal_search_place FROM %I', other);
            EXECUTE format('GRANT SELECT, INSERT ON journal_search TO %I', other);
            EXECUTE format('GRANT SELECT, UPDATE ON journal_search_place TO %I', other);
        END LOOP;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_sealing")]

    operations = [
        migrations.RunSQL(TABLES),
        migrations.RunSQL(ERASURE),
        migrations.RunSQL(PRIVILEGES),
    ]
