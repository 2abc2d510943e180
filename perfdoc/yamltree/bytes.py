"""The bytes of a YAML file as text: UTF-8, or an error that says what they are instead."""

from typing import NoReturn

from perfdoc.errors import SpecError
from perfdoc.texts import say
from perfdoc.yamltree.faults import fault, place_of

MOST_BYTES = 32 * 1024 * 1024


def decode(data: bytes, file: str) -> str:
    """The text of a YAML file's bytes, without a byte order mark.

    SpecError where it is too large, not UTF-8 (with the place of the first bad byte), or not a text.
    """
    if len(data) > MOST_BYTES:
        _refuse("PD008", say("yamltree.too_large", most=MOST_BYTES // 2**20), file)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            _refuse("PD009", say("yamltree.other_kind", kind=say(f"yamltree.kind.{kind}")), file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = place_of(before, len(before))
        key = "yamltree.gbk" if _looks_like_gbk(data) else "yamltree.not_utf8"
        _refuse("PD009", say(key, byte=data[error.start]), file, line, column)
    nul = text.find("\0")
    if nul >= 0:
        line, column = place_of(text, nul)
        wide = max(data[0:200:2].count(0), data[1:200:2].count(0)) * 4 > min(len(data), 200)
        _refuse("PD009", say("yamltree.no_utf16" if wide else "yamltree.binary"), file, line, column)
    return text


_OTHER_KINDS = (
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"%PDF-", "pdf"),
)


def _looks_like_gbk(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _refuse(code: str, message: str, file: str, line: int = 0, column: int = 0) -> NoReturn:
    raise SpecError(diagnostics=(fault(code, message, file, line, column),))
