"""What this node has settled where the law's sources do not: Django's setting ORDERS_POLICY."""

from __future__ import annotations

from django.conf import settings

from openclets.orders.catalogue import Policy


def node_policy() -> Policy:
    """The policy the node runs with."""
    policy: Policy = settings.ORDERS_POLICY
    return policy
