"""Consent is for an occasion and a purpose and has an end; a general consent is refused (R397, R398)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.phrases import find_phrases


class ConsentFaultCode(StrEnum):
    """Why a consent cannot be recorded."""

    NO_PURPOSE = "no_purpose"
    NO_OCCASION_OR_END = "no_occasion_or_end"
    GENERAL = "general"
    ENDS_BEFORE_GIVEN = "ends_before_given"


@dataclass(frozen=True, slots=True)
class ConsentFault:
    """One fault and the field it stands at."""

    code: ConsentFaultCode
    field: str
    explanation: Step


def consent_faults(
    purpose: str, occasion: str, ends_on: date | None, *, given_on: date, parameters: ParameterSet
) -> list[ConsentFault]:
    """Every fault; empty when the consent may be recorded.

    A purpose is always needed, and the occasion it is for or its last day. Words that make it general
    (`consent.general_phrases`, in force the day it was given) are refused in both.
    """
    return [
        *_missing(purpose, occasion, ends_on),
        *_general("purpose", purpose, given_on, parameters),
        *_general("occasion", occasion, given_on, parameters),
        *_ended(ends_on, given_on),
    ]


def _missing(purpose: str, occasion: str, ends_on: date | None) -> Iterator[ConsentFault]:
    if not purpose.strip():
        yield _fault(ConsentFaultCode.NO_PURPOSE, "purpose", "Skriv vad samtycket ska användas till")
    if not occasion.strip() and ends_on is None:
        sentence = "Ange vilket tillfälle samtycket gäller, eller dess sista dag"
        yield _fault(ConsentFaultCode.NO_OCCASION_OR_END, "occasion", sentence)


def _general(field: str, text: str, given_on: date, parameters: ParameterSet) -> Iterator[ConsentFault]:
    listed = parameters.at("consent.general_phrases", given_on)
    for found in find_phrases(text, listed.words)[:1]:
        said = f"”{found.phrase}” gör samtycket generellt: ange just det som det gäller"
        step = parameter_step(said, "R398", listed, {"phrase": found.phrase})
        yield ConsentFault(ConsentFaultCode.GENERAL, field, step)


def _ended(ends_on: date | None, given_on: date) -> Iterator[ConsentFault]:
    if ends_on is not None and ends_on < given_on:
        sentence = "Sista dagen är före dagen då samtycket gavs: välj en senare"
        yield _fault(ConsentFaultCode.ENDS_BEFORE_GIVEN, "ends_on", sentence)


def _fault(code: ConsentFaultCode, field: str, sentence: str) -> ConsentFault:
    return ConsentFault(code, field, Step(f"{sentence} (R397, R398).", "R397, R398"))
