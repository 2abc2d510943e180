"""YAML specs, one project a file: loaded and written."""

from __future__ import annotations

import io
from collections.abc import Iterator

import yaml
from ruamel.yaml import YAML

from benchmarks.documents import document
from benchmarks.families import Plan
from benchmarks.report import Table, Target, ratios
from benchmarks.timing import in_turns
from perfdoc.specs import dump_project, load_project
from perfdoc.yamltree import parse

EVENTS = "floor: libyaml's events"
PARSE = "perfdoc: texts, with line and column of each"
LOAD = "perfdoc: validated, as models, with all marks"
DUMP = "perfdoc"


def run(plan: Plan) -> Iterator[Table]:
    """As many specs as the batch has documents."""
    projects = document(plan.small).projects
    texts = [dump_project(one) for one in projects]
    column = f"{len(texts)} specs, {sum(len(text.encode()) for text in texts) / 2**20:.2f} MB"
    load = in_turns(
        {
            EVENTS: lambda: list(map(_events, texts)),
            "yaml.CSafeLoader": lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts],
            PARSE: lambda: [parse(text, "a.yaml") for text in texts],
            LOAD: lambda: [load_project(text, "a.yaml") for text in texts],
            "ruamel.yaml, round trip": lambda: [YAML().load(text) for text in texts],
        },
        plan.turns,
    )
    yield ratios(
        "Loading YAML specs",
        {column: load},
        [
            Target("load YAML with all marks: × libyaml's events", load[PARSE].ratio or 0, 2.5),
            Target(
                "load YAML, validated, as models: × CSafeLoader",
                load[LOAD].seconds / load["yaml.CSafeLoader"].seconds,
                1,
            ),
        ],
    )
    plain = [yaml.load(text, yaml.CSafeLoader) for text in texts]
    trips = [YAML().load(text) for text in texts]
    dump = in_turns(
        {
            "yaml.CSafeDumper": lambda: [
                yaml.dump(one, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False) for one in plain
            ],
            DUMP: lambda: list(map(dump_project, projects)),
            "ruamel.yaml, round trip": lambda: [YAML().dump(one, io.StringIO()) for one in trips],
        },
        plan.turns,
    )
    yield ratios("Writing YAML specs", {column: dump}, [Target("dump YAML: × CSafeDumper", dump[DUMP].ratio or 0, 1)])


def _events(text: str) -> None:
    get = yaml.CLoader(text).get_event
    while get() is not None:
        pass
