"""Agencies' own sign-in by OpenID Connect: which providers there are, from one file, checked before anything starts.

The file is JSON: a list of objects with `id` (in addresses), `name` (on the button), `agency` (its ORI), `issuer`,
`client_id`, `client_secret`, and `name_claim` where the sign-in name is not in `preferred_username`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from openclets.config.environment import EnvironmentWrong
from openclets.vocabulary.identifiers import ORI_SHAPE

_NEEDED: Final = ("id", "name", "agency", "issuer", "client_id", "client_secret")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SignInProvider:
    """One agency's provider. Its word is taken for people of `agency` and for nobody else."""

    id: str
    name: str
    agency: str
    issuer: str
    client_id: str
    client_secret: str
    name_claim: str = "preferred_username"


def read_providers(path: Path | None) -> tuple[SignInProvider, ...]:
    """The providers in the file; without one, none. Raises: EnvironmentWrong with every fault found."""
    if path is None:
        return ()
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EnvironmentWrong((f"{path} cannot be read as JSON: {error}.",)) from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise EnvironmentWrong((f"{path} must hold a list of objects.",))
    faults = [fault for number, one in enumerate(listed, start=1) for fault in _faults(path, number, one)]
    if faults:
        raise EnvironmentWrong(tuple(faults))
    providers = tuple(SignInProvider(**one) for one in listed)
    if len({one.id for one in providers}) < len(providers):
        raise EnvironmentWrong((f"{path}: two providers have the same id.",))
    return providers


def library_setting(providers: tuple[SignInProvider, ...]) -> dict[str, Any]:
    """The providers in the sign-in library's own form."""
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": one.id,
                    "name": one.name,
                    "client_id": one.client_id,
                    "secret": one.client_secret,
                    "settings": {
                        "server_url": one.issuer,
                        "agency": one.agency,
                        "name_claim": one.name_claim,
                        # What is needed stands in the signed token; the other answer of a provider is not.
                        "fetch_userinfo": False,
                        "oauth_pkce_enabled": True,
                    },
                }
                for one in providers
            ]
        }
    }


def _faults(path: Path, number: int, one: dict[str, Any]) -> list[str]:
    where = f"{path}, provider {number}"
    unknown = sorted(set(one) - {*_NEEDED, "name_claim"})
    faults = [f"{where}: '{name}' is not known here." for name in unknown]
    faults += [f"{where}: '{name}' is missing." for name in _NEEDED if not one.get(name)]
    if not all(isinstance(text, str) for text in one.values()):
        return [*faults, f"{where}: every value must be text."]
    if not re.fullmatch("[a-z0-9-]+", one.get("id", "x")):
        faults.append(f"{where}: 'id' must be small letters, figures and hyphens.")
    if not ORI_SHAPE.fullmatch(one.get("agency", "CA0990000")):
        faults.append(f"{where}: 'agency' must be an ORI such as CA0990100.")
    issuer = urlsplit(one.get("issuer", "https://x"))
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in _LOOPBACK):
        faults.append(f"{where}: 'issuer' must begin with https:// (http:// only on this machine).")
    return faults
