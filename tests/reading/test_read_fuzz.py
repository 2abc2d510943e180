"""Any bytes whatever are a Layout or a documented error: files damaged in their bytes, in their XML, in their parts."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wordxml import W, docx, p, run, tbl, tc, text_box, tr, zipped

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.reading import kind_of, read

_NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
RICH = docx(
    p(
        _FIELD,
        text_box(p("框")),
        '<w:ins w:author="a"><w:r><w:t>增</w:t></w:r></w:ins>',
        properties='<w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr>',
    )
    + tbl(
        tr(tc("组", properties='<w:vMerge w:val="restart"/>'), tc("b", properties='<w:gridSpan w:val="2"/>')),
        tr(
            tc(properties="<w:vMerge/>"),
            tc(tbl(tr("内", "层"), tr("框")), p("后"), tbl(tr("线"))),
            tc(p(run("藏", "<w:vanish/>"))),
        ),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{tr('c', 'd')}</w:sdtContent></w:sdt>",
    )
    + p('<w:r><w:footnoteReference w:id="1"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')
    + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
    {
        "numbering": _NUMBERING,
        "styles": '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>',
        "footnotes": f'<w:footnote w:id="1">{p("注")}</w:footnote>',
        "header1": p("头"),
    },
)
with zipfile.ZipFile(io.BytesIO(RICH)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}
_NAMES = (
    *("p", "r", "t", "tbl", "tr", "tc", "tcPr", "trPr", "pPr", "rPr", "sdt", "sdtContent", "sdtPr", "ins", "del"),
    *("fldChar", "vMerge", "gridSpan", "hMerge", "txbxContent", "drawing", "body", "sym", "numPr", "sectPr", "x"),
)
_POLICY = st.sampled_from(["accept", "reject", "fail"])


def outcome(data: bytes, policy: str = "accept") -> Layout | None:
    """The layout, or None for an error that says in one line which file it is about."""
    try:
        return read(data, "f.docx", track_changes=policy)
    except errors.PerfdocError as error:
        said = str(error)
    assert said.startswith("f.docx: ")
    assert "\n" not in said
    return None


def test_the_file_itself_is_sound() -> None:
    found = outcome(RICH)
    assert found is not None
    assert len(found.blocks) == 7


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    outcome(data)
    if kind_of(data) not in ("", "html", "rtf", "doc", "xls", "odt"):
        outcome(b"\xef\xbb\xbf" + data)


@given(st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.integers(0, 255)), max_size=6), st.integers(1, len(RICH)))
def test_damaged_zips(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(RICH)
    for at, value in changes:
        data[at] = value
    outcome(bytes(data[:length]) if length % 3 == 0 else bytes(data))


@given(st.data(), _POLICY)
def test_damaged_xml(draw: st.DataObject, policy: str) -> None:
    name = draw.draw(st.sampled_from(sorted(PARTS)))
    content = bytearray(PARTS[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(content)))
        inserted = draw.draw(st.sampled_from([b"", b"<", b"&x;", b"\0", b"<w:p>", b"</w:p>", b"]]>", b"\xff", b"<!--"]))
        content[at : at + draw.draw(st.integers(0, 3))] = inserted
    outcome(zipped(PARTS | {name: bytes(content)}), policy)


@given(st.data(), _POLICY)
def test_elements_anywhere(draw: st.DataObject, policy: str) -> None:
    """Sound XML that no schema allows: elements renamed, wrapped, repeated, taken away, values of any kind."""
    name = draw.draw(
        st.sampled_from([each for each in sorted(PARTS) if each.startswith("word/") and each.endswith(".xml")])
    )
    root = etree.fromstring(PARTS[name])
    for _ in range(draw.draw(st.integers(1, 6))):
        elements = [each for each in root.iter() if each is not root]
        if not elements:
            break
        element = draw.draw(st.sampled_from(elements))
        parent = element.getparent()
        assert parent is not None
        match draw.draw(st.integers(0, 4)):
            case 0:
                element.tag = f"{{{W}}}{draw.draw(st.sampled_from(_NAMES))}"
            case 1:
                parent.remove(element)
            case 2:
                wrapper = etree.Element(f"{{{W}}}{draw.draw(st.sampled_from(_NAMES))}")
                parent.replace(element, wrapper)
                wrapper.append(element)
            case 3:
                parent.append(etree.fromstring(etree.tostring(element)))
            case _:
                element.set(f"{{{W}}}val", draw.draw(st.sampled_from(["-1", "99999999999", "", "x", "continue", "１"])))
    outcome(zipped(PARTS | {name: etree.tostring(root)}), policy)
