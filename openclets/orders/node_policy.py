"""What this node has settled where the law's sources do not: Django's setting ORDERS_POLICY, else the defaults."""

from __future__ import annotations

from django.conf import settings

from openclets.orders.catalogue import DEFAULT_POLICY, Policy


def node_policy() -> Policy:
    """The policy the node runs with."""
    policy: Policy = getattr(settings, "ORDERS_POLICY", DEFAULT_POLICY)
    return policy
