"""The benchmarks run and print their ratios. How fast anything is, no test asks."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.families import FAMILIES
from benchmarks.report import Target, number
from benchmarks.timing import in_turns

_SMALLEST = ("-s", "1", "--rows", "20", "--small", "2", "-t", "1")


@pytest.mark.slow
@pytest.mark.parametrize("family", [name for name in FAMILIES if name not in ("growth", "workers")])
def test_a_family_prints_its_ratios_and_targets(family: str) -> None:
    done = CliRunner().invoke(main, [family, *_SMALLEST], catch_exceptions=False)
    assert done.exit_code == 0
    assert "perfdoc" in done.output
    assert "### Targets" in done.output


def test_the_first_way_is_the_floor_of_the_others() -> None:
    found = in_turns({"floor": lambda: sum(range(2_000)), "twice": lambda: [sum(range(2_000)), sum(range(2_000))]}, 3)
    assert found["floor"].ratio is None
    assert found["floor"].seconds > 0
    assert found["twice"].ratio is not None


def test_a_target_may_be_a_least_or_a_most() -> None:
    assert Target("a", 2.9, 3).cells() == ["a", "≤ 3", "2.90", "yes"]
    assert Target("b", 9, 10, at_least=True, unit=" %").cells() == ["b", "≥ 10 %", "9.00 %", "**no**"]
    assert [number(1234.5), number(12.34), number(0.5)] == ["1234", "12.3", "0.50"]
