"""A key's fields and rules in words, for pages, help and rejections alike."""

from __future__ import annotations

from openclets.vocabulary.codes import code_table
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.messages.row import FieldUse, MessageKey, Need


def need_in_words(use: FieldUse, row: MessageKey) -> str:
    """Whether the field has to be there."""
    if use.need is Need.MANDATORY:
        return "needed"
    if use.need is Need.CONDITIONAL:
        return f"only with {use.only_with}"
    if any(use.code in one for one in row.alternatives):
        return "one set of these"
    return "if known"


def accepted_in_words(field: Field) -> str:
    """What the field takes: every code of a short table, else what kind of value, and how long."""
    table = code_table(field.table) if field.table else None
    if field.choices:
        what = ", ".join(f"{code} {meaning}" for code, meaning in field.choices)
    elif table is not None and field.edit is Edit.TABLE and table.is_short:
        what = table.listed
    elif table is not None:
        what = f"{field.edit}: {field.table}"
    else:
        what = str(field.edit)
    length = str(field.max_length) if field.min_length == field.max_length else f"{field.min_length}-{field.max_length}"
    times = f", up to {field.max_values} values" if field.max_values > 1 else ""
    gaps = ", a place empty where nothing is known" if field.may_have_gaps else ""
    return f"{what} ({length}{times}{gaps})"


def rules_in_words(row: MessageKey) -> tuple[tuple[str, str], ...]:
    """Each rule across fields with its source."""
    rules = [(edit.sentence(), edit.source) for edit in row.edits]
    if row.alternatives:
        sets = " or ".join(" with ".join(one) for one in row.alternatives)
        rules.insert(0, (f"exactly one of: {sets}", row.source))
    return tuple(rules)
