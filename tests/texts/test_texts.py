"""What perfdoc says: a text in both languages for every key, and no sentence anywhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from house import FILES, PACKAGE
from languages import SENTENCE, sentences

from perfdoc.report import Place
from perfdoc.texts import LANGUAGES, language, listed, of_the_user, say, speak, speaking, texts

DOMAINS = sorted(file.stem for file in (PACKAGE / "texts").glob("*.yaml"))
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
_SAY_IN_TEMPLATE = re.compile(r"""say\(\s*["']([\w.]+)["']\s*(~)?""")
_KEY = re.compile(rf"(?:{'|'.join(DOMAINS)})\.[\w.-]*")


@cache
def constants(file: Path) -> list[tuple[int, str, bool]]:
    """The strings in a file with their lines, and whether each is the beginning of a longer one (an f-string's)."""
    nodes = [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    prose |= {id(node.msg) for node in nodes if isinstance(node, ast.Assert) and node.msg}
    # what a library says, where it is looked for; patterns
    looked = [one for one in nodes if isinstance(one, ast.Compare) or _is_pattern(one)]
    prose |= {id(one) for node in looked for one in ast.walk(node)}
    begun = {id(node.values[0]) for node in nodes if isinstance(node, ast.JoinedStr) and node.values}
    whole = {id(node.values[0]) for node in nodes if isinstance(node, ast.JoinedStr) and len(node.values) == 1}
    return [
        (node.lineno, node.value, id(node) in begun - whole)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"


def keys() -> set[str]:
    return {key for domain in DOMAINS for key in texts(domain)}


def named() -> Iterator[tuple[str, bool]]:
    """The keys that the code names, and whether each is only the beginning of some (`comparison.kind.`)."""
    for file in FILES:
        for _, text, begun in constants(file):
            if _KEY.fullmatch(text) and not text.endswith((".xcu", ".yaml")):
                yield text, begun
    for file in TEMPLATES:
        for key, goes_on in _SAY_IN_TEMPLATE.findall(file.read_text(encoding="utf-8")):
            yield key, bool(goes_on)


NAMED_IN_ENGLISH = {"click": {"name", "number_type"}}
"""What click puts into its texts in English, whatever the language: the names of its types."""


def places(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_text_is_there_in_both_languages(domain: str) -> None:
    for key, both in texts(domain).items():
        assert both.keys() == set(LANGUAGES), key
        assert all(both.values()), key
        assert places(both["en"]) ^ places(both["zh"]) <= NAMED_IN_ENGLISH.get(domain, set()), key
        assert not re.search("[，。；]", re.sub("“[^”]*”", "", both["en"])), f"{key} is Chinese in English"
        assert sentences(both["zh"]) == [], f"{key} is English in Chinese"


def test_each_key_that_the_code_names_is_there() -> None:
    known = keys()
    for key, begun in set(named()):
        assert any(one.startswith(key) for one in known) if begun else key in known, key


def test_each_text_is_said_somewhere() -> None:
    found = set(named())
    whole = {key for key, begun in found if not begun}
    beginnings = tuple(key for key, begun in found if begun)
    unsaid = {key for key in keys() if key not in whole and not key.startswith(beginnings)}
    assert {key for key in unsaid if not key.startswith("click.")} == set()  # those click asks for


NOT_SAID = {
    "extraction/by_labels/row_kinds.py": "",  # names of kinds
    "__init__.py": "",  # names, and what Python itself says of one that is not there
    "git/drivers.py": "",  # lines of git's own files
    "importing/order.py": "",  # how a summary in JSON calls what became of a file
    "jobs/ledger.py": "CREATE TABLE",
    "jobs/child.py": "import sys",
    "reading/broken.py": "",  # what parsers of XML say
    "office/run.py": "source file could not be loaded",  # what LibreOffice says
    "web/safety.py": "default-src",
    "yamltree/faults.py": "",  # libyaml's words, by which its complaints are known
}
"""What looks like a sentence and no user reads, by file; `""` for all of it."""


def test_no_sentence_stands_in_the_code() -> None:
    found = [
        f"{name}:{line}: {text}"
        for file in FILES
        for name in [str(file.relative_to(PACKAGE))]
        for line, text, _ in constants(file)
        if SENTENCE.search(re.sub(r"\{%.*?%\}", "", text)) and NOT_SAID.get(name, "\0") not in text
    ]
    assert found == []


def test_a_text_is_filled_and_chooses_its_words() -> None:
    assert say("comparison.projects", n=1) == "1 project"
    assert say("comparison.projects", n=1200) == "1200 projects"
    assert say("comparison.field", title="a {b}") == "a {b}:"
    assert listed(["a", "b"]) == "a, b"
    with speaking("zh"):
        assert say("comparison.projects", n=1) == "1个项目"
        assert listed(["a", "b"]) == "a、b"


def test_one_language_at_a_time() -> None:
    assert language() == "en"
    speak("zh")
    try:
        with speaking("en"):
            assert language() == "en"
        assert language() == "zh"
    finally:
        speak("en")


def test_a_place_is_said_in_the_language_of_the_moment() -> None:
    place = Place("a.docx", table=2, row=3, column=1)
    assert str(place) == "a.docx: table 2 row 3 column 1"
    with speaking("zh"):
        assert str(place) == "a.docx: 表2第3行第1列"
        assert str(place._replace(table=0, row=0, column=0, paragraph=5, part="header")) == "a.docx: 页眉 第5段"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_HK"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_user_s_language(environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert of_the_user() == expected
