"""The index of names: one row for each name of each record, and the keys it is found by."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from openclets.agencies.models import User
from openclets.people.person import Ruling


class IndexedName(models.Model):
    """One name (the name, or an alias) of one person of one record, with what tells two people of that name apart.

    `record_kind` and `role` are words of the subject that owns the record (order, restrained). Only where there is no
    birth date: `age`, in years on the day `age_as_of`. A person with another birth date besides has a row for each.
    `numbers` as `numbers.texts` has them; `folded` is what the trigram net looks at.
    """

    record_kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    role = models.CharField(max_length=20)
    surname = models.CharField(max_length=100)
    given = models.CharField(max_length=100, blank=True)
    middle = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=10, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    age = models.SmallIntegerField(null=True, blank=True)
    age_as_of = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    race = models.CharField(max_length=1, blank=True)
    numbers = ArrayField(models.TextField(), default=list, blank=True)
    address = models.CharField(max_length=200, blank=True)
    folded = models.TextField()

    class Meta:
        db_table = "people_indexedname"
        constraints = (
            models.CheckConstraint(condition=~Q(surname=""), name="indexedname_has_surname"),
            models.CheckConstraint(
                condition=Q(age__isnull=True, age_as_of__isnull=True)
                | Q(age__gte=0, age__lte=130, age_as_of__isnull=False, birth_date__isnull=True),
                name="indexedname_age_has_its_day_and_no_birth_date",
            ),
        )
        indexes = (
            models.Index(fields=["record_kind", "record_id"], name="indexedname_record"),
            # Without the pending list: a question would read it whole, and now and then an insert would empty it.
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], fastupdate=False, name="indexedname_trigrams"),
        )

    def __str__(self) -> str:
        return f"name {self.pk} of {self.record_kind} {self.record_id}"


class NameKey(models.Model):
    """One key of one name. The primary key is the covering index every question reads, and reads alone.

    No foreign key: its check would cost more than the row at loading, and cascading would need a second index as
    large as this one. `index.remove_record` deletes a name's keys by making them again from the name. `name_id` of a
    name without a birth date has `candidates.UNDATED_FROM` added.
    """

    pk = models.CompositePrimaryKey("key", "name_id")
    key = models.BigIntegerField()
    name_id = models.BigIntegerField()

    class Meta:
        db_table = "people_namekey"

    def __str__(self) -> str:
        return f"key {self.key} of name {self.name_id}"


class IdentityDecision(models.Model):
    """What a named person decided about two people on record: one person, two, or an earlier decision undone.

    Rows are only added (migration 0001 refuses the rest); the last one of a pair is how it stands. In order:
    `one` before `other` by kind, number and role. Records themselves are never changed by a decision.
    """

    one_kind = models.CharField(max_length=20)
    one_id = models.BigIntegerField()
    one_role = models.CharField(max_length=20)
    other_kind = models.CharField(max_length=20)
    other_id = models.BigIntegerField()
    other_role = models.CharField(max_length=20)
    ruling = models.CharField(max_length=10, choices=[(ruling.value, ruling.value) for ruling in Ruling])
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=9)

    class Meta:
        db_table = "people_identitydecision"
        constraints = (
            models.CheckConstraint(
                condition=Q(one_kind__lt=F("other_kind"))
                | Q(one_kind=F("other_kind"), one_id__lt=F("other_id"))
                | Q(one_kind=F("other_kind"), one_id=F("other_id"), one_role__lt=F("other_role")),
                name="identitydecision_pair_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ruling__in=[ruling.value for ruling in Ruling]), name="identitydecision_ruling_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="identitydecision_has_reason"),
        )
        indexes = (
            models.Index(fields=["one_kind", "one_id", "one_role"], name="identitydecision_one"),
            models.Index(fields=["other_kind", "other_id", "other_role"], name="identitydecision_other"),
        )

    def __str__(self) -> str:
        return f"{self.one_kind} {self.one_id} and {self.other_kind} {self.other_id}: {self.ruling}"
