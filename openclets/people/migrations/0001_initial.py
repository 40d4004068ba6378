import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

_DECISIONS_ARE_KEPT = """
    CREATE FUNCTION people_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'decisions about people are only added to (% on %)', TG_OP, TG_TABLE_NAME;
    END
    $$;
    CREATE TRIGGER identitydecision_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON people_identitydecision
        FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();
"""
"""An undone decision is a further row."""

_ALLOWED_AGAIN = "DROP FUNCTION people_refuse_change() CASCADE"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "name_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("name_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "people_namekey",
            },
        ),
        migrations.CreateModel(
            name="IndexedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_kind", models.CharField(max_length=20)),
                ("record_id", models.BigIntegerField()),
                ("role", models.CharField(max_length=20)),
                ("surname", models.CharField(max_length=100)),
                ("given", models.CharField(blank=True, max_length=100)),
                ("middle", models.CharField(blank=True, max_length=100)),
                ("suffix", models.CharField(blank=True, max_length=10)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("age", models.SmallIntegerField(blank=True, null=True)),
                ("age_as_of", models.DateField(blank=True, null=True)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("race", models.CharField(blank=True, max_length=1)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("folded", models.TextField()),
            ],
            options={
                "db_table": "people_indexedname",
                "indexes": [
                    models.Index(fields=["record_kind", "record_id"], name="indexedname_record"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["folded"], name="indexedname_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("surname", ""), _negated=True), name="indexedname_has_surname"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("age__isnull", True), ("age_as_of__isnull", True)),
                            models.Q(
                                ("age__gte", 0),
                                ("age__lte", 130),
                                ("age_as_of__isnull", False),
                                ("birth_date__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="indexedname_age_has_its_day_and_no_birth_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("one_kind", models.CharField(max_length=20)),
                ("one_id", models.BigIntegerField()),
                ("one_role", models.CharField(max_length=20)),
                ("other_kind", models.CharField(max_length=20)),
                ("other_id", models.BigIntegerField()),
                ("other_role", models.CharField(max_length=20)),
                (
                    "ruling",
                    models.CharField(
                        choices=[("linked", "linked"), ("apart", "apart"), ("undone", "undone")], max_length=10
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("decided_at", models.DateTimeField()),
                ("agency", models.CharField(max_length=9)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "people_identitydecision",
                "indexes": [
                    models.Index(fields=["one_kind", "one_id", "one_role"], name="identitydecision_one"),
                    models.Index(fields=["other_kind", "other_id", "other_role"], name="identitydecision_other"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("one_kind__lt", models.F("other_kind")),
                            models.Q(("one_id__lt", models.F("other_id")), ("one_kind", models.F("other_kind"))),
                            models.Q(
                                ("one_id", models.F("other_id")),
                                ("one_kind", models.F("other_kind")),
                                ("one_role__lt", models.F("other_role")),
                            ),
                            _connector="OR",
                        ),
                        name="identitydecision_pair_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ruling__in", ["linked", "apart", "undone"])),
                        name="identitydecision_ruling_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="identitydecision_has_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(_DECISIONS_ARE_KEPT, _ALLOWED_AGAIN),
    ]
