"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from perfdoc.jobs import pool

# How many examples a property is tried on is decided here alone. The usual run draws few, and the same ones each time:
# a run that fails does so because of what was changed. `make search` draws others, fifteen times as many.
_BY_TIME_OR_SIZE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
settings.register_profile(
    "search", max_examples=300, deadline=None, suppress_health_check=[*_BY_TIME_OR_SIZE, HealthCheck.filter_too_much]
)
settings.register_profile("default", settings.get_profile("search"), max_examples=20, derandomize=True, database=None)
settings.load_profile("default")

_TRACED_CASES = 10
_cases: Counter[str] = Counter()
_OFFICE = ("soffice", "libreoffice")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure() -> None:
    """Commands that tests start speak English, whatever the machine does.

    They hear Ctrl-C, also where a shell runs the tests in the background and ignores it.
    """
    os.environ.update(LC_ALL="", LC_MESSAGES="", LANG="C.UTF-8")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what differs, list it, and fail")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `office` need LibreOffice, `browser` Chromium. In CI both must be there; elsewhere they are skipped
    with the reason. Those with a browser come first: the longest of them must not be what a run waits for at its end.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if os.environ.get("CI"):
        return
    for mark, name, programs in (("office", "LibreOffice", _OFFICE), ("browser", "Chromium", CHROMIUM)):
        if any(map(shutil.which, programs)):
            continue
        skip = pytest.mark.skip(reason=f"{name} ({programs[0]}) is not installed")
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(skip)


@contextmanager
def _traced(item: pytest.Item) -> Iterator[None]:
    """Coverage looks at the first cases of a test alone: traced, a test takes twice as long, and the floor needs no
    more."""
    test = item.nodeid.partition("[")[0]
    _cases[test] += 1
    tracing = sys.gettrace()
    if tracing is None or _cases[test] <= _TRACED_CASES:
        yield
        return
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracing)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Only tests marked `office` find LibreOffice; the others do the same on every machine, with it and without.

    A run over many files starts one process, as where there is one processor, unless a test asks for more (`-j`): to
    start one takes longer than to read a dozen of files.
    """
    with _traced(item), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "cores", lambda: 1)
        if item.get_closest_marker("office") is None:
            patch.setenv("PERFDOC_SOFFICE", "")
        return (yield)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the run is to accept new golden files."""
    return bool(request.config.getoption("--update-golden"))
