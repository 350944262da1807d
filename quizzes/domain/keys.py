"""What an answer key holds: what is right, what it is worth, and what is said about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from quizzes.domain.digests import digest

OTHERWISE = "otherwise"


def otherwise(part: str = "") -> str:
    """The id under which feedback stands for any answer (of this gap) that isn't among the accepted ones."""
    return f"{OTHERWISE}:{part}" if part else OTHERWISE


@dataclass(frozen=True)
class Accepted:
    """A typed answer that earns credit: a text with `*` for anything, or a number, give or take `tolerance`.

    `credit` is the part of the mark, 0 to 1; `value` and `tolerance` of numbers are decimals, written out.
    """

    id: str
    value: str
    credit: Fraction = Fraction(1)
    tolerance: str = ""
    part: str = ""

    @classmethod
    def from_mapping(cls, values: Mapping[str, str]) -> Self:
        return cls(
            values["id"],
            values["value"],
            Fraction(values.get("credit", "1")),
            values.get("tolerance", ""),
            values.get("part", ""),
        )

    def as_mapping(self) -> dict[str, str]:
        said = {"tolerance": self.tolerance, "part": self.part, "credit": "" if self.credit == 1 else str(self.credit)}
        return {"id": self.id, "value": self.value, **{name: value for name, value in said.items() if value}}


@dataclass(frozen=True)
class Unit:
    """A unit that may be typed: the number times `factor` (a decimal) is the number in the question's own unit."""

    name: str
    factor: str = "1"


@dataclass(frozen=True)
class KeyContent:
    """What learners see only when the quiz's policy lets them: by option, part or accepted answer (ids).

    right: the options that are right. order: the options in their right order. pairs: premise → option, line → clause code.
    credits: what an option is worth where that isn't one equal share (0 to 1, or below 0). weights: what a gap counts
    beside the others. feedback: by id; `otherwise()` for what isn't accepted. general: for everybody.
    """

    right: tuple[str, ...] = ()
    feedback: tuple[tuple[str, str], ...] = ()
    general: str = ""
    order: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    credits: tuple[tuple[str, Fraction], ...] = ()
    accepted: tuple[Accepted, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    units: tuple[Unit, ...] = ()
    unit_penalty: Fraction = Fraction()
    is_all_or_nothing: bool = False
    minds_case: bool = False
    minds_accents: bool = False

    @classmethod
    def of(
        cls,
        right: Collection[str] = (),
        feedback: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        general: str = "",
        *,
        pairs: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        credits: Mapping[str, Fraction] | Iterable[tuple[str, Fraction]] = (),  # noqa: A002  (the field's own name)
        weights: Mapping[str, int] | Iterable[tuple[str, int]] = (),
        **others: Any,
    ) -> Self:
        """In canonical order, blank feedback left out: equal keys are equal objects."""
        said = {option: text.strip() for option, text in dict(feedback).items()}
        return cls(
            right=tuple(sorted(right)),
            feedback=tuple(sorted((key, text) for key, text in said.items() if text)),
            general=general.strip(),
            pairs=tuple(sorted(dict(pairs).items())),
            credits=tuple(sorted(dict(credits).items())),
            weights=tuple(sorted((part, weight) for part, weight in dict(weights).items() if weight != 1)),
            **others,
        )

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        return cls.of(
            values["right"],
            values["feedback"],
            values["general"],
            order=tuple(values.get("order", ())),
            pairs=values.get("pairs", {}),
            credits={option: Fraction(credit) for option, credit in values.get("credits", {}).items()},
            accepted=tuple(Accepted.from_mapping(accepted) for accepted in values.get("accepted", ())),
            weights=values.get("weights", {}),
            units=tuple(Unit(name, factor) for name, factor in values.get("units", ())),
            unit_penalty=Fraction(values.get("unit_penalty", "0")),
            **{name: values.get(name, False) for name in _SWITCHES},
        )

    def as_mapping(self) -> dict[str, Any]:
        """What isn't used by the question's kind is left out, so that a key says the same in every release."""
        others: dict[str, Any] = {
            "order": list(self.order),
            "pairs": dict(self.pairs),
            "credits": {option: str(credit) for option, credit in self.credits},
            "accepted": [accepted.as_mapping() for accepted in self.accepted],
            "weights": dict(self.weights),
            "units": [[unit.name, unit.factor] for unit in self.units],
            "unit_penalty": str(self.unit_penalty) if self.unit_penalty else "",
            **{name: getattr(self, name) for name in _SWITCHES},
        }
        always = {"right": list(self.right), "feedback": dict(self.feedback), "general": self.general}
        return always | {name: value for name, value in others.items() if value}

    @property
    def sha256(self) -> str:
        return digest(self.as_mapping())

    @property
    def said(self) -> dict[str, str]:
        """Feedback by id."""
        return dict(self.feedback)


_SWITCHES = ("is_all_or_nothing", "minds_case", "minds_accents")
