"""The editor's settings get the schemas of specs, and whatever else stands in them stays to the byte."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.samples.editor import with_schemas

OURS = json.loads(with_schemas("{}"))["yaml.schemas"]
COMMENTED = """\
// 本单位的设置
{
    /* "yaml.schemas": {} */
    "editor.tabSize": 2, // two
    "files.associations": {"*.yml": "yaml", "yaml.schemas": "{"},
}
"""
WITH_OTHERS = '{\n  "yaml.schemas": {\n    // theirs\n    "./a.json": "a.yaml"\n  }\n}\n'
NAMES = st.sampled_from(["a", "编辑器", "yaml.format", 'quo"te', "{", "//"])
VALUES = st.recursive(
    st.sampled_from([1, True, None, "文本", "}", '"', "// no comment", "/* nor this */"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
)
SETTINGS = st.dictionaries(NAMES, VALUES, max_size=3)


def test_all_else_stays() -> None:
    made = with_schemas(COMMENTED)
    added = re.search(r'\n    "yaml\.schemas": \{\n(?:      .*\n)+    \},', made)
    assert added
    assert made.replace(added[0], "", 1) == COMMENTED
    assert with_schemas(made) == made


def test_beside_the_schemas_of_others() -> None:
    made = with_schemas(WITH_OTHERS)
    assert json.loads(made.replace("// theirs", "")) == {"yaml.schemas": {**OURS, "./a.json": "a.yaml"}}
    assert "    // theirs\n" in made
    assert with_schemas(made) == made


def test_a_schema_that_a_person_gave_other_files_is_left() -> None:
    name = next(iter(OURS))
    own = json.dumps({"yaml.schemas": {name: "mine/*.yaml"}})
    assert json.loads(with_schemas(own))["yaml.schemas"] == {**OURS, name: "mine/*.yaml"}


@given(SETTINGS, st.sampled_from([None, 2, 4, "\t"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_settings_keep_their_values_and_their_text(
    settings: dict[str, object], indent: int | str | None, end: str, bom: bool
) -> None:
    text = "\ufeff" * bom + json.dumps(settings, indent=indent, ensure_ascii=False).replace("\n", end) + end
    made = with_schemas(text)
    assert json.loads(made.removeprefix("\ufeff")) == {**settings, "yaml.schemas": OURS}
    assert with_schemas(made) == made
    left = iter(made)
    assert all(one in left for one in text), "the text is there in its order"
    assert (end == "\r\n") == ("\r\n" in made)
    assert not re.search("(?<!\r)\n", made) or end == "\n"


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"a": }', '{"yaml.schemas": []}', "a: b", '{"a": "b', "{} {}", '{"a": 1} /* open', "\0"]
)
def test_what_is_no_group_of_settings_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        with_schemas(text)
