"""Every example of every rule is run: what it must find, it finds, and what it must not, it does not."""

import pytest

from kg import rules
from kg.model import Span

RULES = [*rules.load("measures"), *rules.load("links")]


def found(rule: rules.Rule, marked: str) -> list[dict[str, list[str]]]:
    text, mentions, _ = rules.example(marked)
    masked = rules.mask(text, Span(0, len(text)), mentions)
    return [{slot: [m.text for m in ms] for slot, ms in match.slots.items()} for match in rule.find(masked)]


def test_there_are_rules_of_every_folder() -> None:
    assert {r.place.partition("/")[0] for r in RULES} == {"measures", "links"}


@pytest.mark.parametrize(("rule", "marked"), [pytest.param(r, e, id=f"{r.label} {e}") for r in RULES for e in r.accept])
def test_accepts(rule: rules.Rule, marked: str) -> None:
    wanted = rules.example(marked)[2]
    assert wanted, "an accept example says what it finds"
    assert any(all(got.get(slot) == fillers for slot, fillers in wanted.items()) for got in found(rule, marked))


@pytest.mark.parametrize(("rule", "marked"), [pytest.param(r, e, id=f"{r.label} {e}") for r in RULES for e in r.reject])
def test_rejects(rule: rules.Rule, marked: str) -> None:
    assert found(rule, marked) == []


def test_a_rule_without_two_examples_is_refused() -> None:
    with pytest.raises(rules.RuleError, match=r"links/issues: 'short' needs at least two accept examples"):
        rules._rule(
            "links/issues", {"name": "short", "match": "{subject}", "accept": ["x"]}, {"subject": ("Organisation",)}
        )


def test_an_unknown_slot_is_refused() -> None:
    entry = {"name": "odd", "match": "{verb}", "accept": ["x", "y"]}
    with pytest.raises(rules.RuleError, match="unknown slot 'verb'"):
        rules._rule("links/issues", entry, {"subject": ("Organisation",)})
