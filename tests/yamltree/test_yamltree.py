"""YAML as texts with places: what is read, where it stands, and what is said of what is not read."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from languages import sentences

from perfdoc.errors import SpecError
from perfdoc.texts import speaking
from perfdoc.yamltree import MOST_BYTES, MOST_DEPTH, Tree, decode, parse, spans


def said(tree: Tree) -> list[str]:
    return [f"{each.place.line}:{each.place.column} {each.code}" for each in tree.diagnostics]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("null", "null"),
        ("007", "007"),
        ("349.00", "349.00"),
        ("2023-01-01", "2023-01-01"),
        ("1e3", "1e3"),
        ("true", "true"),
        ("", ""),
        ("~", ""),
        ('""', ""),
        ("''", ""),
        ('"~"', "~"),
        ("a b  # c", "a b"),
        ("a#b", "a#b"),
        ('"\\L\\0\\x1b"', "\u2028\0\x1b"),
        ("|-\n    x\n     y", "x\n y"),
        (">\n    x\n    y\n", "x y\n"),
        ("|2+\n\n   x\n\n", "\n   x\n\n"),
    ],
)
def test_every_scalar_is_its_text(written: str, read: str) -> None:
    if written.startswith("|2"):
        tree = parse(f"k: {written}", "f")
        assert tree.value == {"k": "\n x\n\n"}
    else:
        tree = parse(f"k: {written}", "f")
        assert tree.value == {"k": read}
    assert tree.diagnostics == ()


def test_marks_count_characters_from_one() -> None:
    text = '# 注\n名称: 法院\n"𠀀😀": {一: "二", 三: 四}\n列:\n- 甲: 1\n  乙:\n-   丙\n'
    tree = parse(text, "f")
    assert tree.diagnostics == ()
    assert tree.keys == {
        ("名称",): (2, 1),
        ("𠀀😀",): (3, 1),
        ("𠀀😀", "一"): (3, 8),
        ("𠀀😀", "三"): (3, 16),
        ("列",): (4, 1),
        ("列", 0, "甲"): (5, 3),
        ("列", 0, "乙"): (6, 3),
    }
    assert tree.marks == {
        (): (2, 1),
        ("名称",): (2, 5),
        ("𠀀😀",): (3, 7),
        ("𠀀😀", "一"): (3, 11),
        ("𠀀😀", "三"): (3, 19),
        ("列",): (5, 1),
        ("列", 0): (5, 3),
        ("列", 0, "甲"): (5, 6),
        ("列", 0, "乙"): (6, 5),
        ("列", 1): (7, 5),
    }


def written(value: object, indent: str = "") -> str:
    """Block style, every text in double quotes."""
    if isinstance(value, dict):
        pairs = (f'{indent}"{key}": {written(each, indent + "  ")}' for key, each in value.items())
        return "\n" + "\n".join(pairs)
    if isinstance(value, list):
        return "\n" + "\n".join(f"{indent}- {written(each, indent + '  ')}" for each in value)
    return f'"{value}"'


@given(
    st.recursive(
        st.text("ab𠀀中 ", min_size=1, max_size=4),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(st.text("xy中😀", min_size=1, max_size=3), inner, min_size=1, max_size=3)
        ),
    )
)
def test_a_mark_is_where_the_text_stands(value: object) -> None:
    text = written({"k": value})
    tree = parse(text, "f")
    lines = text.split("\n")
    assert tree.diagnostics == ()
    assert tree.value == {"k": value}
    for path, (line, column) in tree.keys.items():
        assert lines[line - 1][column - 1 :].startswith(f'"{path[-1]}"')
    for path, (line, column) in tree.marks.items():
        here: object = tree.value
        for part in path:
            here = here[part]  # type: ignore[index]
        if isinstance(here, str):
            assert lines[line - 1][column - 1 :].startswith(f'"{here}"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", ["2:1 PD002"]),
        ("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n", ["2:17 PD002", "3:1 PD002"]),
        ("a: b\n\tc: d\n", ["2:1 PD003"]),
        ("a:\n\t- b\n", ["2:1 PD003"]),
        ("a: &x b\nc: *x\n", ["1:4 PD004", "2:4 PD004"]),
        ("a: &x\n- *x\n", ["1:4 PD004", "2:3 PD004"]),
        ("*x : b\n", ["1:1 PD004"]),
        ("a: !!int 7\nb: !x {}\nc: !y []\n", ["1:4 PD005", "2:4 PD005", "3:4 PD005"]),
        ("? [a, b]\n: c\n? {d: e}\n: f\n", ["1:3 PD006", "3:3 PD006"]),
        (": x\n", ["1:1 PD006"]),
        ("a: 1\n---\nb: 2\n---\nc: 3\n", ["2:1 PD007"]),
        ("", ["1:1 PD010"]),
        ("# only a comment\n", ["1:1 PD010"]),
        ("a: \x01b\x7f\n\x1b: c\n", ["1:4 PD009", "1:6 PD009", "2:1 PD009"]),
        ("a: b\u2028c\n\x85e: f", ["1:5 PD009", "2:1 PD009"]),
        ("a: \ud800\n", ["1:4 PD009"]),
        (
            "a: >=90%\nb: >90\nc: *待\nd: &中\ne: @f\ng: %h\ni: `j`\nk: !重\nl: |x\n",
            [f"{n}:4 PD001" for n in range(1, 10)],
        ),
        ("a: ]\nb: }\nc: 1\n", ["1:4 PD001", "2:4 PD001"]),
        ("a: b: c\nd: e\n", ["1:5 PD001"]),
        ("a：b\nc: d\nx:y\ne: f\n", ["1:2 PD001", "3:2 PD001"]),
        ("a: 'b\nc: [d\ne: {f\ng: \"h\ni: j\n", ["1:4 PD001", "2:4 PD001", "3:4 PD001", "4:4 PD001"]),
        ("a: 1\nb: [\n\n", ["2:4 PD001"]),
        ("a: 'b' c\nd: \"\\q\"\n", ["1:8 PD001", "2:5 PD001"]),
        ("a: |-\n1.一\n2.二\nb: c\n", ["2:1 PD001"]),
        ("a:\n  b: 1\n c: 2\nd: 3\n", ["3:2 PD001"]),
        ("a:\n- b: 1\n   c: 2\n- d: >x\n", ["3:4 PD001", "4:6 PD001"]),
        ("a: >5\nb: |2\nc: >\nd: |\ne: |-\n", ["1:4 PD001", "2:4 PD001", "3:4 PD001"]),
        ("%YAML 3.0\n---\na: b\n", ["1:1 PD001"]),
    ],
)
def test_faults_are_all_named_at_their_places(text: str, expected: list[str]) -> None:
    assert said(parse(text, "f")) == expected
    with speaking("zh"):
        assert [sentences(each.message) for each in parse(text, "f").diagnostics] == [[]] * len(expected)


def test_what_is_sound_is_still_read_beside_a_fault() -> None:
    assert parse("a: 1\nb: [2\nc:\n- 3\n- 'x\n- 4\n", "f").value == {"a": "1", "c": ["3", "4"]}


def test_a_merge_conflict_is_named_as_one() -> None:
    text = "name: x\ngoals: |-\n  一\n<<<<<<< ours\n  二\n=======\n  三\n>>>>>>> theirs\nlist:\n- a: 1\n"
    tree = parse(f"{text}<<<<<<< HEAD\n- a: 2\n=======\n  a: 3\n>>>>>>> topic\nend: y\n", "f")
    assert said(tree) == ["4:1 PD001", "11:1 PD001"]
    assert all("merge conflict" in each.message for each in tree.diagnostics)
    assert tree.value == {"name": "x", "goals": "一", "list": [{"a": "1"}], "end": "y"}


def test_messages_are_for_people() -> None:
    tree = parse("name：x\ntarget: >=90%\ngoals: |-\n1.一\nname: a\nname: b\n", "f.yaml")
    assert [each.message for each in tree.diagnostics] == [
        "the colon after a key must be the half-width one and a space (: )",
        "a value that begins with > needs quotes",
        "not a key with a colon; a text that goes on must be indented under its key",
        "the key name is here twice (first on line 5)",
    ]
    assert tree.diagnostics[1].quote == "target: >=90%"
    assert "\n" not in "".join(map(str, tree.diagnostics))


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000, "? " * 50_000])
def test_depth_is_bounded(text: str) -> None:
    tree = parse(text, "f")
    assert tree.diagnostics


def test_depth_that_is_allowed() -> None:
    assert parse("[" * MOST_DEPTH + "]" * MOST_DEPTH, "f").diagnostics == ()
    assert said(parse("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1), "f")) == [f"1:{MOST_DEPTH + 1} PD008"]


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdoc.yamltree.tree.MOST_VALUES", 3)
    assert parse("[a, b]", "f").diagnostics == ()
    assert said(parse("[a, b, c]", "f")) == ["1:8 PD008"]
    assert said(parse("a: 1\nb: 2\nc: 3\n", "f")) == ["3:4 PD008"]


@given(st.text("ab:-? \n\t'\"[]{},&*!|>%@`#~\\\x00\u2028中：", max_size=60))
def test_parse_never_raises(text: str) -> None:
    tree = parse(text, "f")
    places = [each.place for each in tree.diagnostics]
    assert places == sorted(places)
    assert all(place.line >= 1 and place.column >= 1 for place in places)
    if not tree.diagnostics:
        assert tree.value == as_texts(text)


def as_texts(text: str) -> object:
    """What PyYAML's own loader of texts reads, with `~` for empty."""

    def emptied(node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return {key.value: emptied(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [emptied(each) for each in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return "" if node.value == "~" and not node.style else node.value

    node = yaml.compose(text, yaml.CBaseLoader)
    assert node is not None
    return emptied(node)


def test_decode_takes_a_byte_order_mark_off() -> None:
    assert decode("名称: 法院\n".encode("utf-8-sig"), "f") == "名称: 法院\n"
    assert parse("\ufeffa: b", "f").marks[("a",)] == (1, 4)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("名称: 法院\n值: 一".encode("gbk"), "f:1:1", "GBK"),
        ("a: 一\n".encode() + b"b: \xff\n", "f:2:4", "0xFF"),
        ("a: b".encode("utf-16"), "f", "UTF-16"),
        ("a: b".encode("utf-16-le"), "f:1:2", "UTF-16"),
        (b"a: b\nc: \0\n", "f:2:4", "NUL"),
        (b"PK\x03\x04rest", "f", "zip"),
        (b"\xd0\xcf\x11\xe0rest", "f", ".doc"),
        (b"%PDF-1.7", "f", "PDF"),
        (b" " * (MOST_BYTES + 1), "f", "32 MiB"),
    ],
    ids=["gbk", "bad byte", "utf-16", "utf-16 without a mark", "nul", "zip", "ole", "pdf", "large"],
)
def test_decode_says_what_the_bytes_are(data: bytes, place: str, words: str) -> None:
    with pytest.raises(SpecError) as caught:
        decode(data, "f")
    (diagnostic,) = caught.value.diagnostics
    assert str(diagnostic.place) == place
    assert words in diagnostic.message
    assert diagnostic.code in ("PD008", "PD009")


def test_spans_cover_keys_values_and_brackets() -> None:
    text = "---\na: 'x'  # c\nb: {c: 1}\nd:\n- |-\n  y\n-\n"
    assert [(each.kind, each.path, text[each.start : each.end]) for each in spans(text)] == [
        ("start", (), "---"),
        ("open", (), ""),
        ("key", ("a",), "a"),
        ("text", ("a",), "'x'"),
        ("key", ("b",), "b"),
        ("open", ("b",), "{"),
        ("key", ("b", "c"), "c"),
        ("text", ("b", "c"), "1"),
        ("close", ("b",), "}"),
        ("key", ("d",), "d"),
        ("open", ("d",), ""),
        ("text", ("d", 0), "|-\n  y\n"),
        ("text", ("d", 1), ""),
        ("close", ("d",), ""),
        ("close", (), ""),
    ]
