"""Telling listeners at commit that something a session depends on has changed."""

from typing import Final

from django.db import migrations

# Which row it was is not said: the listener looks at all its sessions, and within one transaction equal notices are
# one. NOTIFY lets one commit at a time reach the disk, so what changes with every sign-on or question tells nobody: no
# last sign-on, no password, no row that only adds. Who gains something is let in at the next question anyhow.
TELLING: Final = """
CREATE FUNCTION agencies_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('agencies_changed', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF is_active, clearance, felony, statement_until
    ON agencies_user FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE
    ON agencies_affiliation FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF status, kind
    ON agencies_agency FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF agency_id, kind, device_class, is_active
    ON agencies_device FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE
    ON agencies_training FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE
    ON agencies_agreement FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE
    ON agencies_certificate FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
-- A new authority is told as well: handshakes take its devices' certificates from then on.
CREATE TRIGGER tell_change AFTER INSERT OR DELETE OR UPDATE
    ON agencies_authority FOR EACH STATEMENT EXECUTE FUNCTION agencies_tell_change();
"""

SILENT_AGAIN: Final = "DROP FUNCTION agencies_tell_change() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_invitation"),
    ]

    operations = [
        migrations.RunSQL(TELLING, SILENT_AGAIN),
    ]
