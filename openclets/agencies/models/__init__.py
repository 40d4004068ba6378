"""Agencies, devices, people, what they do for whom, and their training."""

from __future__ import annotations

from openclets.agencies.models.agency import Agency, Agreement
from openclets.agencies.models.device import Device
from openclets.agencies.models.person import Affiliation, OwnNumber, User, UserManager
from openclets.agencies.models.signing_on import Attempts, Ticket
from openclets.agencies.models.training import ExamSitting, Training

__all__ = [
    "Affiliation",
    "Agency",
    "Agreement",
    "Attempts",
    "Device",
    "ExamSitting",
    "OwnNumber",
    "Ticket",
    "Training",
    "User",
    "UserManager",
]
