"""Lessons and questions, read once from the data files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from openclets.agencies.exam.rules import COURSES, Question
from openclets.agencies.permissions import Course


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson; `text` is its paragraphs."""

    subject: str
    title: str
    courses: frozenset[Course]
    text: tuple[str, ...]
    source: str


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in the order in which they are read."""
    return tuple(
        Lesson(row["subject"], row["title"], _courses(row["courses"]), tuple(row["text"]), row["source"])
        for row in _read("lessons.toml")["lesson"]
    )


@cache
def questions() -> tuple[Question, ...]:
    """The whole bank, in the file's order. A question is drawn for the courses of its lesson."""
    courses = {lesson.subject: lesson.courses for lesson in lessons()}
    return tuple(
        Question(
            row["number"],
            row["subject"],
            courses[row["subject"]],
            row["ask"],
            row["right"],
            tuple(row["wrong"]),
            row["source"],
        )
        for row in _read("questions.toml")["question"]
    )


def lesson_on(subject: str) -> Lesson | None:
    return next((lesson for lesson in lessons() if lesson.subject == subject), None)


def course_of_letter(letter: str) -> Course | None:
    """The course that addresses and data files call so."""
    return next((row.course for row in COURSES if row.letter == letter), None)


def _courses(letters: list[str]) -> frozenset[Course]:
    by_letter = {row.letter: row.course for row in COURSES}
    return frozenset(by_letter[letter] for letter in letters)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("openclets.agencies.exam").joinpath(name).read_text(encoding="utf-8"))
