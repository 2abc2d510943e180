"""The JSON Schemas: what the models say, what an editor is told, and what it would mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import ruamel.yaml
import yaml
from hypothesis import given
from spec_strategies import CANONICAL, DOCUMENT, documents

import perfdoc.specs
from perfdoc.checks.schemes import schemes
from perfdoc.errors import UsageError
from perfdoc.model import Document, Project
from perfdoc.specs import files, format_text, schema, schema_text
from perfdoc.specs.json_schema import Kind

KINDS: tuple[Kind, ...] = ("project", "document")


def checker(kind: Kind) -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(schema(kind))
    return jsonschema.Draft7Validator(schema(kind))


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2 with its types, as yaml-language-server has it."""
    reader = ruamel.yaml.YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return reader.load(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_the_models(kind: Kind) -> None:
    from importlib import resources

    committed = resources.files(perfdoc.specs).joinpath(f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(kind)
    assert json.loads(committed) == schema(kind)


def test_canonical_specs_are_sound_to_an_editor() -> None:
    assert list(checker("project").iter_errors(as_an_editor_reads(CANONICAL))) == []
    assert list(checker("document").iter_errors(as_an_editor_reads(DOCUMENT))) == []


@given(document=documents())
def test_whatever_is_dumped_is_sound_to_an_editor(document: Document) -> None:
    for name, text in files(document).items():
        kind: Kind = "document" if name == "document.yaml" else "project"
        for read in (yaml.safe_load(text), as_an_editor_reads(text)):
            assert list(checker(kind).iter_errors(read)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("project", "names: a\n"),
        ("project", "name: [a]\n"),
        ("project", "name: 2023-01-01\n"),
        ("project", "agency: a\n"),
        ("project", "agency:\n  code: 209101\n"),
        ("project", "budget:\n  totl: 1\n"),
        ("project", "budget:\n  total: yes, or no\n  fiscal: [1]\n"),
        ("project", "indicators: a\n"),
        ("project", "indicators:\n- level4: a\n"),
        ("project", "indicators:\n- target: 12\n"),
        ("project", "extra:\n  a: [b]\n"),
        ("project", "heading: a\n"),
        ("project", "bookmarks: [a, b]\n"),
        ("document", "form: tianjin\n"),
        ("document", "projects: []\nforms: x\n"),
        ("document", "projects:\n- heading: a\n"),
        ("document", "projects:\n- spec: a\n  bookmarks: [a]\n"),
        ("document", "projects:\n- a.yaml\n"),
    ],
)
def test_what_an_editor_marks(kind: Kind, text: str) -> None:
    for read in (yaml.safe_load(text), as_an_editor_reads(text)):
        assert list(checker(kind).iter_errors(read))


def test_amounts_may_be_numbers_to_an_editor() -> None:
    properties = schema()["properties"]
    assert properties["budget"]["properties"]["total"]["type"] == ["string", "number", "null"]
    assert properties["agency"]["properties"]["code"]["type"] == ["string", "null"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained_in_chinese(kind: Kind) -> None:
    def walk(node: dict[str, Any]) -> None:
        for name, field in node.get("properties", {}).items():
            assert any("\u4e00" <= char <= "\u9fff" for char in field["title"]), name
            assert node["additionalProperties"] is False
            walk(field)
            walk(field.get("items", {}))

    walk(schema(kind))
    assert schema(kind)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_a_project_file_has_the_models_keys_in_the_models_order() -> None:
    expected = [name for name in Project.model_fields if name not in ("heading", "bookmarks")]
    assert list(schema("project")["properties"]) == expected
    assert expected == [
        *("name", "year", "department", "agency", "money_unit", "budget", "execution", "purpose", "goals", "results"),
        *("indicators", "score", "extra"),
    ]


def test_there_is_no_other_schema() -> None:
    with pytest.raises(UsageError, match="project or document"):
        schema("form")  # type: ignore[arg-type]


def test_the_real_specs_are_canonical_and_sound_to_an_editor(root: Path) -> None:
    found = sorted((root / "specs").rglob("*.yaml"))
    assert len(found) >= 6
    for path in found:
        text = path.read_text(encoding="utf-8")
        kind: Kind = "document" if path.name == "document.yaml" else "project"
        assert format_text(text, path.name) == text
        assert list(checker(kind).iter_errors(as_an_editor_reads(text))) == []


def test_an_editor_offers_the_levels_of_both_schemes_and_takes_others() -> None:
    known = [row for scheme in schemes().values() for row in scheme.rows]
    rows = schema("project")["properties"]["indicators"]["items"]["properties"]
    offered = {name: set(rows[name]["anyOf"][0]["enum"]) for name in ("level1", "level2")}
    assert offered == {"level1": {one for one, _ in known}, "level2": {two for _, two in known}}
    assert rows["level1"]["anyOf"][1] == {"type": ["string", "null"]}
