"""Edits across the fields of one message, as data: each row says itself what it asks for and checks itself.

A message's fields come as `Sent`: code to values in their one spelling. Fields that were sent but wrong are in
`Sent.codes` only, so that one mistake is not told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from openclets.vocabulary.days import NO_EXPIRY
from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import FaultCode

_MAX_LISTED = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """`codes`: every field that was there; `values`: those that were right."""

    codes: frozenset[str] | set[str]
    values: Mapping[str, tuple[str, ...]]

    def first(self, code: str) -> str:
        values = self.values.get(code)
        return values[0] if values else ""


@dataclass(frozen=True, slots=True)
class WholeOrAbsent:
    """A set of fields that says something only when it is complete."""

    source: str
    codes: tuple[str, ...]

    def sentence(self) -> str:
        return f"{_listed(self.codes)} all together or none"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        missing = [code for code in self.codes if code not in sent.codes]
        if missing and len(missing) < len(self.codes):
            there = _listed([code for code in self.codes if code in sent.codes])
            for code in missing:
                yield Fault(FaultCode.FIELD_SET, code, f"is missing beside {there}", self.sentence())


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """Any of these has to be there; more may."""

    source: str
    codes: tuple[str, ...]
    what: str

    def sentence(self) -> str:
        if len(self.codes) > _MAX_LISTED:
            return f"at least one {self.what}"
        return f"at least one of {', '.join(self.codes)} ({self.what})"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        if not any(code in sent.codes for code in self.codes):
            yield Fault(FaultCode.MISSING, self.codes[0], f"no {self.what} is there", self.sentence())


@dataclass(frozen=True, slots=True)
class NotBefore:
    """A day that cannot lie before another."""

    source: str
    later: str
    earlier: str

    def sentence(self) -> str:
        return f"{self.later} not before {self.earlier}"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        later, earlier = sent.first(self.later), sent.first(self.earlier)
        if later and earlier and later != NO_EXPIRY and later < earlier:
            yield Fault(FaultCode.FIELD_SET, self.later, f"{later} is before {self.earlier} {earlier}", self.sentence())


@dataclass(frozen=True, slots=True)
class NotBeforeToday:
    """A day that must not have passed."""

    source: str
    code: str

    def sentence(self) -> str:
        return f"{self.code} today or later"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        day = sent.first(self.code)
        if day and day != NO_EXPIRY and day < f"{today:%Y%m%d}":
            yield Fault(FaultCode.FIELD_SET, self.code, f"{day} has passed", self.sentence())


@dataclass(frozen=True, slots=True)
class OnlyWhen:
    """A field that makes sense only beside certain values of another."""

    source: str
    code: str
    other: str
    values: tuple[str, ...]

    def sentence(self) -> str:
        return f"{self.code} only with {self.other}/{' or '.join(self.values)}"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        if not sent.first(self.code) or (self.other in sent.codes and self.other not in sent.values):
            return
        if sent.first(self.other) not in self.values:
            other = sent.first(self.other)
            beside = f"{self.other}/{other}" if other else f"no {self.other}"
            yield Fault(FaultCode.FIELD_SET, self.code, f"does not go with {beside}", self.sentence())


@dataclass(frozen=True, slots=True)
class ValueNeeds:
    """Certain values of a field that say nothing without another field."""

    source: str
    code: str
    values: tuple[str, ...]
    needs: str

    def sentence(self) -> str:
        return f"{self.needs} with {self.code}/{' or '.join(self.values)}"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        if self.needs in sent.codes:
            return
        found = [value for value in sent.values.get(self.code, ()) if value in self.values]
        if found:
            yield Fault(FaultCode.MISSING, self.needs, f"{self.code} {_listed(found)} needs it", self.sentence())


@dataclass(frozen=True, slots=True)
class AsManyAs:
    """Lists that run beside another: the second value of one belongs to the second of the other. A place may be empty
    where nothing is known, but has to be there. A single empty value, which takes the field off a record, has none."""

    source: str
    codes: tuple[str, ...]
    leader: str

    def sentence(self) -> str:
        return f"{', '.join(self.codes)} each with as many places as {self.leader}, empty where nothing is known"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        led = len(sent.values.get(self.leader, ()))
        for code in self.codes:
            values = sent.values.get(code, ())
            if led and values not in ((), ("",)) and len(values) != led:
                text = f"has {len(values)} values beside {led} of {self.leader}"
                accepted = f"{led} places in the order of {self.leader}, empty where nothing is known"
                yield Fault(FaultCode.FIELD_SET, code, text, f"{accepted}, as the second in {code}/A,,C")


@dataclass(frozen=True, slots=True)
class BeginsWith:
    """A number whose first letter says which file it is of."""

    source: str
    code: str
    letters: str

    def sentence(self) -> str:
        return f"{self.code} beginning with {' or '.join(self.letters)}"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        number = sent.first(self.code)
        if number and number[0] not in self.letters:
            yield Fault(FaultCode.FIELD_SET, self.code, f"{number} is of another file", self.sentence())


@dataclass(frozen=True, slots=True)
class NotTogether:
    """Fields of which at most one may be there."""

    source: str
    codes: tuple[str, ...]

    def sentence(self) -> str:
        return f"at most one of {', '.join(self.codes)}"

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        there = [code for code in self.codes if code in sent.codes]
        if len(there) > 1:
            yield Fault(FaultCode.FIELD_SET, there[1], f"{_listed(there)} do not go together", self.sentence())


@dataclass(frozen=True, slots=True)
class SetsByValue:
    """Which set of fields belongs to which value of another: the set of the value sent must be there whole and alone.

    `sets`: value to the sets that go with it.
    """

    source: str
    code: str
    sets: Mapping[str, tuple[tuple[str, ...], ...]]

    def sentence(self) -> str:
        return "; ".join(
            f"{self.code}/{value} with {' or '.join(_listed(one) for one in sets)}" for value, sets in self.sets.items()
        )

    def faults(self, sent: Sent, *, today: date) -> Iterator[Fault]:
        value = sent.first(self.code)
        fitting = self.sets.get(value)
        if fitting is None:
            return
        among = {code for sets in self.sets.values() for one in sets for code in one}
        if {code for code in sent.codes if code in among} in [set(one) for one in fitting]:
            return
        accepted = f"{self.code}/{value} with {' or '.join(_listed(one) for one in fitting)}, and no other data set"
        yield Fault(FaultCode.FIELD_SET, self.code, f"{value} does not go with the fields sent", accepted)


CrossEdit = (
    WholeOrAbsent
    | AtLeastOne
    | NotBefore
    | NotBeforeToday
    | OnlyWhen
    | ValueNeeds
    | AsManyAs
    | BeginsWith
    | NotTogether
    | SetsByValue
)
"""Any rule across fields. Each has `source`, `sentence()` for pages and rejections, and `faults(sent, today=...)`."""


def _listed(codes: tuple[str, ...] | list[str]) -> str:
    return " ".join(codes)
