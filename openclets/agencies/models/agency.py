"""Agencies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Agency(models.Model):
    """A public agency with an ORI. `county` is the three-digit county code."""

    class Kind(models.TextChoices):
        LAW_ENFORCEMENT = "law_enforcement", "law enforcement"
        CRIMINAL_JUSTICE = "criminal_justice", "criminal justice"
        COURT = "court", "court"
        TRIBAL_COURT = "tribal_court", "tribal court"
        TRIBAL_POLICE = "tribal_police", "tribal police"
        OTHER = "other", "other by statute"

    ori = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    county = models.CharField(max_length=3)
    telephone = models.CharField(max_length=20, blank=True, help_text="Answered around the clock for confirmations.")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "agencies_agency"
        constraints = (
            models.CheckConstraint(condition=Q(ori__regex=r"^[A-Z]{2}[A-Z0-9]{7}$"), name="agency_ori_shape"),
            models.CheckConstraint(condition=Q(county__regex=r"^[0-9]{3}$"), name="agency_county_shape"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.ori})"
