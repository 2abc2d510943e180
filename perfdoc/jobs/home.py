"""Where a run was started, as its workers need to know."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple


class Home(NamedTuple):
    """Where a run was started: its working folder, and those variables of its environment that results depend on.

    A worker on another machine works as if it were there; a folder that it does not see it can't work in.
    """

    folder: str = ""
    variables: tuple[tuple[str, str], ...] = ()

    @classmethod
    def here(cls, names: Sequence[str]) -> Home:
        """This process's own, with the variables of these names; one that is not set is empty."""
        return cls(os.getcwd(), tuple((name, os.environ.get(name, "")) for name in names))  # noqa: PTH109
