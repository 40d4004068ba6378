import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

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
    ]
