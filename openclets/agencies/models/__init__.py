"""Agencies, devices, people, what they do for whom, and their training."""

from __future__ import annotations

from openclets.agencies.models.agency import Agency, Agreement
from openclets.agencies.models.certificate import AgencyAuthority, DeviceCertificate
from openclets.agencies.models.device import Device
from openclets.agencies.models.joining import AgencyStep, AgreementProposal, Application
from openclets.agencies.models.membership import PrivilegeProposal, PrivilegeReview, Vetting
from openclets.agencies.models.person import Affiliation, OwnNumber, User, UserManager
from openclets.agencies.models.roster import Roster
from openclets.agencies.models.signing_on import Attempts, Invitation, Ticket
from openclets.agencies.models.training import ExamSitting, Training

__all__ = [
    "Affiliation",
    "Agency",
    "AgencyAuthority",
    "AgencyStep",
    "Agreement",
    "AgreementProposal",
    "Application",
    "Attempts",
    "Device",
    "DeviceCertificate",
    "ExamSitting",
    "Invitation",
    "OwnNumber",
    "PrivilegeProposal",
    "PrivilegeReview",
    "Roster",
    "Ticket",
    "Training",
    "User",
    "UserManager",
    "Vetting",
]
