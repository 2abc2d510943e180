"""`fmt`: canonical text, and every comment of the user's at its value."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from spec_strategies import projects

from perfdoc.errors import SpecError
from perfdoc.model import Project
from perfdoc.report import Path
from perfdoc.specs import dump_project, format_text, load_project, rewritten
from perfdoc.specs.gathered import comments
from perfdoc.yamltree import Tree, parse

MESSY = """\
# 法院 2023
# yaml-language-server: $schema=../project.schema.json
--- # start

# the name
name: "甲" # as in the letter
goals: |- # two of them
  # not a comment
  二

# who
agency: # the court
  { code: 1, # old
    name: 'y' } # new
indicators: # the list
- # of the first
  level1: a b
   c # folded
  # foot

  # foot after a line
  target:   # nothing yet
# second

# second again
-   level1: >
      a
      b
    # foot of the second

- # third
  { level1: x # inner
  , level2: y
  # foot of the third
  } # after the third
- level3: ab # twice
  description: ab # same
- # empty
-
  # above
  level2: z

  # - level1: switched off
extra: {} # nothing
budget:
    total: 1   # one
    # no fiscal
    # yet
# last

# very last
"""
NEAT = """\
# 法院 2023
# yaml-language-server: $schema=../project.schema.json
# start

# the name
name: 甲  # as in the letter
# who
# the court
agency:  # new
  code: "1"  # old
  name: "y"
# nothing
budget:
  total: 1  # one
  # no fiscal
  # yet
goals: |-  # two of them
  # not a comment
  二
indicators:  # the list
# of the first
- level1: a b c  # folded
  # foot

  # foot after a line
  target:  # nothing yet
# second

# second again
- level1: |
    a b
  # foot of the second
# third
# after the third
- level1: x  # inner
  level2: "y"
  # foot of the third
# same
- level3: ab  # twice
- {}  # empty
# above
- level2: z

  # - level1: switched off
# last

# very last
"""


def test_a_messy_file_becomes_neat() -> None:
    neat = format_text(MESSY, "x.yaml")
    assert neat.splitlines() == NEAT.replace("level2: z\n\n  #", "level2: z\n  #").splitlines()
    assert format_text(neat, "x.yaml") == neat


def test_line_ends_and_byte_order_mark_are_normalised() -> None:
    assert format_text("\ufeffname: a # b\r\n# c\r\npurpose: |-\r\n  d\r\n  e", "x.yaml") == (
        "name: a  # b\n# c\npurpose: |-\n  d\n  e\n"
    )
    assert format_text("# a\rname: b\r", "x.yaml") == "# a\nname: b\n"


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("{} # a\n", "{}\n# a\n"),
        ("# a\n\n{}\n", "# a\n\n{}\n"),
        ("# a\n{name: x} # b\n# c\n", "# a\nname: x\n# b\n# c\n"),
        ("%YAML 1.1 # a\n--- # b\nname: x\n... # c\n# d\n", "# a\n# b\n\nname: x\n# c\n# d\n"),
        ("# top\n\n# file\n\nname: x\n", "# top\n\n# file\n\nname: x\n"),
        ("agency: # nobody yet\n", "{}\n# nobody yet\n"),
        ("extra:\n  ? a # b\n  : c # d\n", "extra:\n  # b\n  a: c  # d\n"),
        ("name: # a\n  # b\n  x # c\n", "# a\n# b\nname: x  # c\n"),
        ("purpose: x\n# of the name\nname: z\n", "# of the name\nname: z\npurpose: x\n"),
        (
            "purpose: x\n# yaml-language-server: $schema=s\nname: z\n",
            "# yaml-language-server: $schema=s\n\nname: z\npurpose: x\n",
        ),
        ("name: 'a' #b\n#c\n", "name: a  #b\n#c\n"),
        ("goals: |+ # a\n  x\n\n\n# b\n", "goals: |+  # a\n  x\n\n\n# b\n"),
        ("indicators:\n  - level1: x\n  # - level1: y\nextra:\n  a: b\n", None),
        ("indicators: # none\n  []\nname: x\n", "# none\nname: x\n"),
        ("indicators:\n- level3: a\n  description: a\n", "indicators:\n- level3: a\n"),
    ],
)
def test_small_cases(text: str, neat: str | None) -> None:
    if neat is None:
        neat = "indicators:\n- level1: x\n# - level1: y\nextra:\n  a: b\n"
    assert format_text(text, "x.yaml") == neat
    assert format_text(neat, "x.yaml") == neat


def test_document_yaml() -> None:
    text = (
        "# the court's\nprojects: # in order\n  # first\n  - spec: a.yaml # one\n    bookmarks: # two names\n"
        "      - _Toc1 # section\n      # and\n      - _Toc2\n    # heading: none\n"
        "  # second\n  -\n    heading: '2.b'\n"
        '    spec: "b.yaml"\n\ntitle: t\nform: f # form\n'
    )
    neat = (
        "form: f  # form\ntitle: t\n# the court's\nprojects:  # in order\n# first\n- spec: a.yaml  # one\n"
        "  # section\n  # and\n  bookmarks: [_Toc1, _Toc2]  # two names\n  # heading: none\n# second\n"
        "- spec: b.yaml\n  heading: 2.b\n"
    )
    assert format_text(text, "specs/x/document.yaml") == neat
    assert format_text(neat, "<stdin>") == neat


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("name: a\npurposes: b\n", "x.yaml"),
        ("name: [\n", "x.yaml"),
        ("form: x\n", "document.yaml"),
        ("projects:\n- spec: a\n  bookmarks: [a]\n", "document.yaml"),
        ("name: x\n", "document.yaml"),
        ("", "x.yaml"),
        ("name: [a]\n", "x.yaml"),
        ("agency:\n  name: [a]\n", "x.yaml"),
        ("indicators:\n- target: [a, b]\n", "x.yaml"),
        ("indicators:\n  level1: a\n", "x.yaml"),
        ("extra:\n  a: [b]\n", "x.yaml"),
        ("extra: [a]\n", "x.yaml"),
        ("budget: [a]\n", "x.yaml"),
        ("heading: a\n", "x.yaml"),
        ("bookmarks: [a, b]\n", "x.yaml"),
        ("execution:\n  expected:\n", "x.yaml"),
    ],
)
def test_a_file_with_faults_is_not_formatted(text: str, file: str) -> None:
    with pytest.raises(SpecError):
        format_text(text, file)


def other_writing(value: dict[str, Any], seed: int) -> str:
    """The same content in some other YAML: keys in another order, other quotes, brackets, folds, margins."""
    choose = random.Random(seed)

    def shuffled(each: Any) -> Any:
        if isinstance(each, dict):
            keys = list(each)
            choose.shuffle(keys)
            return {key: shuffled(each[key]) for key in keys}
        return [shuffled(one) for one in each] if isinstance(each, list) else each

    return yaml.dump(
        shuffled(value),
        allow_unicode=True,
        sort_keys=False,
        default_style=choose.choice([None, None, "'", '"', ">", "|"]),
        default_flow_style=choose.choice([False, False, False, None, True]),
        indent=choose.choice([2, 3, 4]),
        width=choose.choice([20, 80, 10**6]),
        explicit_start=choose.choice([False, True]),
    )


def with_comments(text: str, content: object, choose: random.Random) -> tuple[str, list[str]]:
    """The text with comments where YAML allows them, and the comments in their order."""
    lines = text.split("\n")[:-1]
    for number in range(choose.randint(1, 8)):
        at = choose.randrange(len(lines) + 1)
        written = f"# {number}: 注 'x\" [{{"
        tried = list(lines)
        if choose.random() < 0.5 or at == len(lines):
            margin = choose.choice(
                [0, 0, 2, 4, len(lines[min(at, len(lines) - 1)]) - len(lines[min(at, len(lines) - 1)].lstrip())]
            )
            tried.insert(at, " " * margin + written)
            if choose.random() < 0.3:
                tried.insert(at + choose.randint(0, 1), "")
        else:
            tried[at] += " " * choose.randint(1, 3) + written
        tree = parse("\n".join(tried) + "\n", "x")
        if not tree.diagnostics and tree.value == content:
            lines = tried
    text = "\n".join(lines) + "\n"
    return text, re.findall(r"# \d: 注 'x\" \[\{", text)


@given(project=projects, seed=st.integers(0, 10**6))
def test_comments_anywhere_survive(project: Project, seed: int) -> None:
    plain = dump_project(project)
    value = parse(plain, "x").value
    assume(isinstance(value, dict) and value)
    assert isinstance(value, dict)
    choose = random.Random(seed)
    text = plain if choose.random() < 0.3 else other_writing(value, seed)
    assume(not parse(text, "x").diagnostics)
    content = parse(text, "x").value
    text, inserted = with_comments(text, content, choose)
    neat = format_text(text, "x")
    assert load_project(neat, "x").document == load_project(text, "x").document
    assert sorted(re.findall(r"# \d: 注 'x\" \[\{", neat)) == sorted(inserted)
    assert format_text(neat, "x") == neat
    without = [line for line in re.sub(r" *# \d: 注 'x\" \[\{", "", neat).split("\n") if line.strip()]
    canonical = dump_project(load_project(text, "x").document.projects[0])
    assert without == [line for line in canonical.split("\n") if line.strip()]


def keyed(tree: Tree) -> dict[int, Path]:
    """The entry whose key stands on a line (from 1): the outermost one."""
    found: dict[int, Path] = {}
    for path, (line, _) in tree.keys.items():
        found.setdefault(line, path)
    return found


@given(project=projects, seed=st.integers(0, 10**6))
def test_a_comment_stays_at_its_value(project: Project, seed: int) -> None:
    """A comment above an entry is above it, and one behind is behind it, wherever the entry moves to."""
    value = parse(dump_project(project), "x").value
    assume(isinstance(value, dict) and value)
    assert isinstance(value, dict)
    choose = random.Random(seed)
    keys = list(value)
    choose.shuffle(keys)
    text = yaml.dump(
        {key: value[key] for key in keys},
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_style=choose.choice("'\"|"),
    )
    tree = parse(text, "x")
    assume(not tree.diagnostics)
    lines = text.split("\n")
    expected: dict[str, tuple[str, Path]] = {}
    entries = sorted(keyed(tree).items(), reverse=True)
    for number, (line, path) in enumerate(entries):
        place = choose.choice(["above", "behind", ""])
        if not place or (number == len(entries) - 1 and place == "above"):
            continue
        comment = f"# n{number}n"
        tried = list(lines)
        if place == "above":
            margin = len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))
            tried.insert(line - 1, " " * margin + comment)
        else:
            tried[line - 1] += f"  {comment}"
        moved = parse("\n".join(tried), "x")
        if not moved.diagnostics and moved.value == tree.value:
            lines = tried
            expected[comment] = (place, path)
    neat = format_text("\n".join(lines), "x")
    at = keyed(parse(neat, "x"))
    rows = neat.split("\n")
    kept = parse(neat, "x").keys
    for comment, (place, path) in expected.items():
        if path not in kept:
            continue
        row = next(index for index, each in enumerate(rows) if comment in each)
        if place == "behind":
            assert row + 1 == kept[path][0]
        else:
            below = next(index for index in range(row, len(rows)) if not rows[index].lstrip().startswith("#"))
            assert at[below + 1] == path or (len(path) > 2 and at[below + 1][:2] == path[:2])


def test_comments_are_found_wherever_they_stand() -> None:
    assert comments(["a: '#x' #1\nb: |- #2\n  #y\n #3\nc: x#z #4\nd: [1,#5\n 2]#6\n", " #7\n"][0]) == [
        "#1",
        "#2",
        "#3",
        "#4",
        "#5",
        "#6",
    ]


def test_a_comment_below_a_value_stays_there_when_keys_are_added_behind_it() -> None:
    text = "name: 甲\nindicators:\n- level3: a\n  actual: 5件\n  # counted twice\n- level3: b\n"
    project = load_project(text, "x.yaml").document.projects[0]
    first, second = project.indicators
    scored = project.model_copy(
        update={"indicators": (first.model_copy(update={"score": "9", "reason": "晚"}), second)}
    )
    expected = text.replace("  # counted twice\n", "  # counted twice\n  score: 9\n  reason: 晚\n")
    assert rewritten(text, "x.yaml", scored) == expected
