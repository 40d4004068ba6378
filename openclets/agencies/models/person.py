"""People who sign on, and what they do for whom."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from openclets.agencies.hashing import hashing_turn
from openclets.agencies.models.agency import Agency
from openclets.agencies.permissions import Duty


class UserManager(BaseUserManager["User"]):
    """What Django asks of a manager of people."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(user_name=username)


class User(AbstractBaseUser):
    """A person who signs on."""

    user_name = models.CharField(max_length=30, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "user_name"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        db_table = "agencies_user"
        constraints = (
            models.CheckConstraint(condition=Q(user_name__regex=r"^[a-z][a-z0-9.-]{1,29}$"), name="user_name_shape"),
        )

    def __str__(self) -> str:
        return f"{self.full_name} ({self.user_name})"

    def check_password(self, raw_password: str) -> bool:
        """Raises: Unavailable when too many passwords are being checked."""
        with hashing_turn():
            return super().check_password(raw_password)

    def set_password(self, raw_password: str | None) -> None:
        """Raises: as above."""
        with hashing_turn():
            super().set_password(raw_password)


class Affiliation(models.Model):
    """One duty of one person at one agency. A person may have several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="affiliations")
    duty = models.CharField(max_length=12, choices=[(duty.value, duty.value) for duty in Duty])

    class Meta:
        db_table = "agencies_affiliation"
        constraints = (
            models.UniqueConstraint(fields=["user", "agency", "duty"], name="affiliation_once"),
            models.CheckConstraint(condition=Q(duty__in=[duty.value for duty in Duty]), name="affiliation_duty_known"),
        )
