"""The law of protective orders as pure functions over frozen values: no Django, no clock.

`standing` when an order begins, ends and binds; `doubts` what looks wrong and what stops a filing; `priority` which of
several orders controls; `court_days` how days are counted. Settled facts are rows of `orders.catalogue`.
"""
