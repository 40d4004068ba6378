"""Learning from the index: what is common weighs less, and what changes between records of one person too."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from openclets.people import weights as w
from openclets.people.index import IndexedPerson, index_people
from openclets.people.learned import Learned, WeightsWrong, read_weights, write_weights
from openclets.people.models import IndexedName
from openclets.people.search import PersonQuery, search
from openclets.people.train import MOST_MOVED_BITS, shares_of_index, train
from openclets.vocabulary.persons import PersonName

KIND = "train-test"
SURNAMES = "ABARCA BAXTER CASTILLO DOYLE ESTRADA FLEMING IBARRA JENSEN KAPLAN LOZANO MERCER ORTEGA PRICE QUIROZ".split()
GIVEN = "AMY BRUCE CARLOS DIANA ELMER FRANK GLORIA HECTOR INES KEITH LAURA NATHAN OLGA PAUL RUTH SERGIO".split()


@pytest.fixture
def people_twice(rolled_back: None) -> None:
    """800 people: half are called GARCIA, and 300 stand in two records, of which a third has another birth year."""
    rng = Random(4)
    filed = []
    for number in range(800):
        surname = "GARCIA" if number % 2 else f"{rng.choice(SURNAMES)}{rng.choice(SURNAMES)}"
        name = PersonName(surname, f"{rng.choice(GIVEN)}{rng.choice(GIVEN)}", rng.choice(GIVEN))
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(25_000))
        filed.append(IndexedPerson(KIND, number, "p", (name,), born, sex=rng.choice("MF")))
        if number < 300:
            again = born + timedelta(days=365) if number % 3 == 0 else born
            filed.append(IndexedPerson(KIND, 10_000 + number, "p", (name,), again))
    index_people(filed)


def test_the_share_of_a_name_is_counted_from_the_index(people_twice: None) -> None:
    shares = shares_of_index()
    garcia = shares.share("surname", "GARCIA")
    assert garcia is not None
    assert 0.3 < garcia <= 0.5
    assert shares.share("surname", "NEVERSEEN") == shares.rarest_surname < 0.01


def test_weights_move_to_what_records_of_one_person_show_the_same_each_time(
    people_twice: None,
) -> None:
    trained = train()
    assert trained.same_person > 100
    assert trained.learned.bits[w.BORN_YEAR_OFF] > w.BORN_YEAR_OFF.bits + 1
    assert all(abs(bits - level.bits) <= MOST_MOVED_BITS + 0.001 for level, bits in trained.learned.bits.items())
    assert train().learned == trained.learned


def test_an_index_that_is_nearly_empty_teaches_nothing(rolled_back: None) -> None:
    IndexedName.objects.all().delete()
    with pytest.raises(ValueError, match="too few"):
        train()


def test_a_rare_name_outranks_a_common_one_once_shares_are_known(people_twice: None) -> None:
    index_people(
        [
            IndexedPerson(KIND, 50_001, "p", (PersonName("GARCIA", "ZORAIDA"),), date(1984, 5, 17)),
            IndexedPerson(KIND, 50_002, "p", (PersonName("OYELARAN", "ZORAIDA"),), date(1984, 5, 17)),
        ]
    )
    shares = shares_of_index()
    scores = [
        search(PersonQuery(PersonName(name, "ZORAIDA"), date(1984, 5, 18)), kinds=(KIND,), learned=shares)
        .candidates[0]
        .score
        for name in ("GARCIA", "OYELARAN")
    ]
    assert scores[0] < scores[1]


def test_weights_come_back_as_written_and_in_the_same_bytes(tmp_path: Path) -> None:
    learned = Learned({w.SURNAME_SAME: 9.5}, {"GARCIA": 0.02, "NÚÑEZ": 0.001}, {"ANA": 0.01}, 0.0001, 0.0002)
    write_weights(tmp_path / "one", learned)
    write_weights(tmp_path / "other", read_weights(tmp_path / "one"))
    assert read_weights(tmp_path / "one") == learned
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"keys": "people-keys-1"}',
        '{"keys": "people-keys-2", "bits": {"NO_SUCH_LEVEL": 1}, "surnames": {}, "givens": {}}',
        '{"keys": "people-keys-2", "bits": {"SURNAME_SAME": NaN}, "surnames": {}, "givens": {}, "rarest_surname": 0, '
        '"rarest_given": 0}',
    ],
)
def test_a_file_training_did_not_write_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people-weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WeightsWrong, match=r"people-weights\.json"):
        read_weights(path)
