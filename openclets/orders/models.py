"""Protective orders and what has happened to them. Nothing here is ever deleted (migration 0001 refuses it).

An order's row is how it stands now; every version it ever had lies whole in `OrderVersion`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from openclets.agencies.models import Agency, User
from openclets.orders.entry import Sex
from openclets.orders.on_file import ServiceManner

_SEXES = [sex.value for sex in Sex]


class FilerNumber(models.Model):
    """The three digits with which the FCNs of an agency begin, given at its first filing and never to another."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, primary_key=True, related_name="filer_number")
    number = models.SmallIntegerField(unique=True)

    class Meta:
        db_table = "orders_filernumber"
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=999), name="filernumber_three_digits"),
        )


class DailyNumber(models.Model):
    """The last sequence number an agency has used for a day. Its row lock is what keeps two filings apart."""

    pk = models.CompositePrimaryKey("filer", "day")
    filer = models.SmallIntegerField()
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        db_table = "orders_dailynumber"
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=1, last__lte=99_999), name="dailynumber_five_digits"),
        )


class Order(models.Model):
    """One order. `fcn` is the 13-digit number as a number. `terms` is `orders.entry.Terms` as `orders.entry_json`
    writes it, `restrained_alternates` the person's other names, birth dates and numbers. Days and times without zone
    are the court's local ones, as on the paper; `starts_at` (included) and `ends_at` (excluded; null: no end known) are
    what the rules made of them when the version was filed."""

    fcn = models.BigIntegerField(primary_key=True)
    version = models.IntegerField(default=1)
    order_type = models.CharField(max_length=8)
    case_number = models.CharField(max_length=40, blank=True)
    court = models.CharField(max_length=9, blank=True)
    county = models.CharField(max_length=3)
    judge = models.CharField(max_length=200, blank=True)
    amendment = models.SmallIntegerField(default=0)

    issued_on = models.DateField()
    issued_time = models.TimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    expires_time = models.TimeField(null=True, blank=True)
    hearing_on = models.DateField(null=True, blank=True)
    hearing_time = models.TimeField(null=True, blank=True)
    served_in_court = models.BooleanField(default=False)
    firearms_known = models.TextField(blank=True)
    terms = models.JSONField()

    restrained_surname = models.CharField(max_length=100)
    restrained_given = models.CharField(max_length=100, blank=True)
    restrained_middle = models.CharField(max_length=100, blank=True)
    restrained_suffix = models.CharField(max_length=10, blank=True)
    restrained_sex = models.CharField(max_length=1)
    restrained_race = models.CharField(max_length=200, blank=True)
    restrained_birth_date = models.DateField(null=True, blank=True)
    restrained_age = models.SmallIntegerField(null=True, blank=True)
    restrained_height = models.CharField(max_length=200, blank=True)
    restrained_weight_pounds = models.SmallIntegerField(null=True, blank=True)
    restrained_hair = models.CharField(max_length=200, blank=True)
    restrained_eyes = models.CharField(max_length=200, blank=True)
    restrained_address = models.TextField(blank=True)
    restrained_relationship = models.CharField(max_length=200, blank=True)
    restrained_alternates = models.JSONField(default=dict)

    filed_at = models.DateTimeField()
    filed_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders_filed", db_index=False)
    filed_by_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="orders_filed", db_index=False)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ends_rule = models.CharField(max_length=200)
    terminated_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "orders_order"
        constraints = (
            models.CheckConstraint(condition=Q(fcn__gt=0, fcn__lt=10**13), name="order_fcn_13_digits"),
            models.CheckConstraint(condition=Q(version__gte=1), name="order_version_from_1"),
            models.CheckConstraint(condition=Q(order_type__regex=r"^[A-Z0-9]{2,8}$"), name="order_type_shape"),
            models.CheckConstraint(condition=~Q(case_number="", court=""), name="order_has_court_or_case_number"),
            models.CheckConstraint(condition=Q(court__regex=r"^([A-Z]{2}[A-Z0-9]{7})?$"), name="order_court_shape"),
            models.CheckConstraint(condition=Q(county__regex=r"^[0-9]{3}$"), name="order_county_shape"),
            models.CheckConstraint(condition=Q(amendment__gte=0, amendment__lte=99), name="order_amendment_range"),
            models.CheckConstraint(condition=~Q(restrained_surname=""), name="order_restrained_has_surname"),
            models.CheckConstraint(condition=Q(restrained_sex__in=_SEXES), name="order_restrained_sex_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="order_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_by__isnull=True)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False),
                name="order_superseded_when_and_by_what",
            ),
            models.CheckConstraint(condition=~Q(superseded_by=F("fcn")), name="order_not_superseded_by_itself"),
        )
        indexes = (
            models.Index(fields=["filed_by_agency", "-filed_at", "-fcn"], name="order_filed_by_agency"),
            models.Index(fields=["court", "-filed_at", "-fcn"], name="order_court_filed"),
            models.Index(Upper("case_number"), "court", name="order_case"),
        )

    def __str__(self) -> str:
        return f"order {self.fcn:013d}"


class OrderVersion(models.Model):
    """What was entered, whole, each time: `orders.entry.OrderEntry` as `orders.entry_json` writes it."""

    pk = models.CompositePrimaryKey("order", "version")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="versions", db_index=False)
    version = models.IntegerField()
    entered = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "orders_orderversion"


class ProtectedPerson(models.Model):
    """One person the order protects, in the order of the paper."""

    pk = models.CompositePrimaryKey("order", "position")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="protected_people", db_index=False)
    position = models.SmallIntegerField()
    surname = models.CharField(max_length=100)
    given = models.CharField(max_length=100, blank=True)
    middle = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=1)
    age = models.SmallIntegerField(null=True, blank=True)
    relationship = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "orders_protectedperson"
        constraints = (
            models.CheckConstraint(condition=~Q(surname=""), name="protectedperson_has_surname"),
            models.CheckConstraint(condition=Q(sex__in=_SEXES), name="protectedperson_sex_known"),
        )


class Document(models.Model):
    """One document of the order, by its hash, and how many pages it has; position 0 is the signed order."""

    pk = models.CompositePrimaryKey("order", "position")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="documents", db_index=False)
    position = models.SmallIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.SmallIntegerField()

    class Meta:
        db_table = "orders_document"
        constraints = (
            models.CheckConstraint(condition=Q(pages__gte=1), name="document_has_pages"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_shape"),
            models.UniqueConstraint(fields=["order", "sha256"], name="document_once_per_order"),
        )
        indexes = (models.Index(fields=["sha256"], name="document_sha256"),)


class DoubtRaised(models.Model):
    """Something doubtful, returned to the court; open while `resolved_at` is null."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="doubts")
    field = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "orders_doubtraised"
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("raised_at")),
                name="doubtraised_resolved_after_raised",
            ),
        )


class ServiceRecorded(models.Model):
    """One service of the order. Day and time are local, as written."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="services")
    served_on = models.DateField()
    served_time = models.TimeField(null=True, blank=True)
    manner = models.CharField(max_length=20)
    served_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "orders_servicerecorded"
        constraints = (
            models.CheckConstraint(
                condition=Q(manner__in=[manner.value for manner in ServiceManner]), name="servicerecorded_manner_known"
            ),
        )
