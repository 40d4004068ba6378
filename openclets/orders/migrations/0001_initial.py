import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

_NOTHING_IS_DELETED = """
    CREATE FUNCTION orders_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'orders are never deleted and their versions never changed (% on %)', TG_OP, TG_TABLE_NAME;
    END
    $$;
    CREATE TRIGGER order_never_deleted BEFORE DELETE OR TRUNCATE ON orders_order
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
    CREATE TRIGGER orderversion_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON orders_orderversion
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
    CREATE TRIGGER doubtraised_never_deleted BEFORE DELETE OR TRUNCATE ON orders_doubtraised
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
    CREATE TRIGGER servicerecorded_never_deleted BEFORE DELETE OR TRUNCATE ON orders_servicerecorded
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
    CREATE TRIGGER filernumber_never_deleted BEFORE DELETE OR TRUNCATE ON orders_filernumber
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
    CREATE TRIGGER dailynumber_never_deleted BEFORE DELETE OR TRUNCATE ON orders_dailynumber
        FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change();
"""
"""The people and documents of an order may change with its version; every version keeps them whole."""

_ALLOWED_AGAIN = "DROP FUNCTION orders_refuse_change() CASCADE"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyNumber",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "filer", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("filer", models.SmallIntegerField()),
                ("day", models.DateField()),
                ("last", models.IntegerField()),
            ],
            options={
                "db_table": "orders_dailynumber",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", 1), ("last__lte", 99999)), name="dailynumber_five_digits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilerNumber",
            fields=[
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="filer_number",
                        serialize=False,
                        to="agencies.agency",
                    ),
                ),
                ("number", models.SmallIntegerField(unique=True)),
            ],
            options={
                "db_table": "orders_filernumber",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 999)), name="filernumber_three_digits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("fcn", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=1)),
                ("order_type", models.CharField(max_length=8)),
                ("case_number", models.CharField(blank=True, max_length=40)),
                ("court", models.CharField(blank=True, max_length=9)),
                ("county", models.CharField(max_length=3)),
                ("judge", models.CharField(blank=True, max_length=200)),
                ("amendment", models.SmallIntegerField(default=0)),
                ("issued_on", models.DateField()),
                ("issued_time", models.TimeField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("expires_time", models.TimeField(blank=True, null=True)),
                ("hearing_on", models.DateField(blank=True, null=True)),
                ("hearing_time", models.TimeField(blank=True, null=True)),
                ("served_in_court", models.BooleanField(default=False)),
                ("firearms_known", models.TextField(blank=True)),
                ("terms", models.JSONField()),
                ("restrained_surname", models.CharField(max_length=100)),
                ("restrained_given", models.CharField(blank=True, max_length=100)),
                ("restrained_middle", models.CharField(blank=True, max_length=100)),
                ("restrained_suffix", models.CharField(blank=True, max_length=10)),
                ("restrained_sex", models.CharField(max_length=1)),
                ("restrained_race", models.CharField(blank=True, max_length=200)),
                ("restrained_birth_date", models.DateField(blank=True, null=True)),
                ("restrained_age", models.SmallIntegerField(blank=True, null=True)),
                ("restrained_height", models.CharField(blank=True, max_length=200)),
                ("restrained_weight_pounds", models.SmallIntegerField(blank=True, null=True)),
                ("restrained_hair", models.CharField(blank=True, max_length=200)),
                ("restrained_eyes", models.CharField(blank=True, max_length=200)),
                ("restrained_address", models.TextField(blank=True)),
                ("restrained_relationship", models.CharField(blank=True, max_length=200)),
                ("restrained_alternates", models.JSONField(default=dict)),
                ("filed_at", models.DateTimeField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("ends_rule", models.CharField(max_length=200)),
                ("terminated_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                (
                    "filed_by_agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders_filed",
                        to="agencies.agency",
                    ),
                ),
                (
                    "filed_by_user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders_filed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "db_table": "orders_order",
            },
        ),
        migrations.CreateModel(
            name="DoubtRaised",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=400)),
                ("source", models.CharField(max_length=200)),
                ("raised_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="doubts", to="orders.order"
                    ),
                ),
            ],
            options={
                "db_table": "orders_doubtraised",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "order", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.SmallIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("pages", models.SmallIntegerField()),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "db_table": "orders_document",
            },
        ),
        migrations.CreateModel(
            name="OrderVersion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "order", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.IntegerField()),
                ("entered", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
                ("why", models.CharField(max_length=200)),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="orders.order",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "orders_orderversion",
            },
        ),
        migrations.CreateModel(
            name="ProtectedPerson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "order", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.SmallIntegerField()),
                ("surname", models.CharField(max_length=100)),
                ("given", models.CharField(blank=True, max_length=100)),
                ("middle", models.CharField(blank=True, max_length=100)),
                ("suffix", models.CharField(blank=True, max_length=10)),
                ("sex", models.CharField(max_length=1)),
                ("age", models.SmallIntegerField(blank=True, null=True)),
                ("relationship", models.CharField(blank=True, max_length=200)),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protected_people",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "db_table": "orders_protectedperson",
            },
        ),
        migrations.CreateModel(
            name="ServiceRecorded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("served_on", models.DateField()),
                ("served_time", models.TimeField(blank=True, null=True)),
                ("manner", models.CharField(max_length=20)),
                ("served_by", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="orders.order"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "orders_servicerecorded",
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["filed_by_agency", "-filed_at", "-fcn"], name="order_filed_by_agency"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["court", "-filed_at", "-fcn"], name="order_court_filed"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                django.db.models.functions.text.Upper("case_number"), models.F("court"), name="order_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("fcn__gt", 0), ("fcn__lt", 10000000000000)), name="order_fcn_13_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="order_version_from_1"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("order_type__regex", "^[A-Z0-9]{2,8}$")), name="order_type_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_number", ""), ("court", ""), _negated=True),
                name="order_has_court_or_case_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("court__regex", "^([A-Z]{2}[A-Z0-9]{7})?$")), name="order_court_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("county__regex", "^[0-9]{3}$")), name="order_county_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("amendment__gte", 0), ("amendment__lte", 99)), name="order_amendment_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("restrained_surname", ""), _negated=True), name="order_restrained_has_surname"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("restrained_sex__in", ["M", "F", "X", "U"])), name="order_restrained_sex_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                name="order_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_by__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_superseded_when_and_by_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_by", models.F("fcn")), _negated=True),
                name="order_not_superseded_by_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="doubtraised",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_at__isnull", True), ("resolved_at__gte", models.F("raised_at")), _connector="OR"
                ),
                name="doubtraised_resolved_after_raised",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["sha256"], name="document_sha256"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("pages__gte", 1)), name="document_has_pages"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="document_sha256_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("order", "sha256"), name="document_once_per_order"),
        ),
        migrations.AddConstraint(
            model_name="protectedperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("surname", ""), _negated=True), name="protectedperson_has_surname"
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["M", "F", "X", "U"])), name="protectedperson_sex_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerecorded",
            constraint=models.CheckConstraint(
                condition=models.Q(("manner__in", ["in_court", "in_person", "told_by_officer", "mail"])),
                name="servicerecorded_manner_known",
            ),
        ),
        migrations.RunSQL(_NOTHING_IS_DELETED, _ALLOWED_AGAIN),
    ]
