"""Number formats: what a cell shows. The table is Excel's; LibreOffice is asked whether it agrees."""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc import office
from perfdoc.reading.number_format import BUILTIN, general, number_format

CASES: tuple[tuple[float, str, str], ...] = (
    (0.9, "0%", "90%"),
    (0.855, "0.0%", "85.5%"),
    (0.9555, "0.00%", "95.55%"),
    (1, "0%", "100%"),
    (0.005, "0%", "1%"),
    (349, "0.00", "349.00"),
    (280.245, "0.00", "280.25"),
    (1.005, "0.00", "1.01"),
    (2.675, "0.00", "2.68"),
    (0.30000000000000004, "0.00", "0.30"),
    (1234567.891, "#,##0", "1,234,568"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (0, "#,##0.00", "0.00"),
    (0, "#,###", ""),
    (0.5, "#.##", ".5"),
    (-5, "0.00", "-5.00"),
    (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (1234.5, "#,##0.00_);(#,##0.00)", "1,234.50"),
    (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
    (0, '0.00;-0.00;"零"', "零"),
    (5, '0.00;-0.00;"零"', "5.00"),
    (1234567, "0,", "1235"),
    (1234567, "0.0,,", "1.2"),
    (123456, "0\\.0,", "12.3"),
    (123456, '0"."0,"万"', "12.3万"),
    (5, "00000", "00005"),
    (209101, "000000", "209101"),
    (7, "000", "007"),
    (13912345678, "000-0000-0000", "139-1234-5678"),
    (1234.5, '"¥"#,##0.00', "¥1,234.50"),
    (-1234.5, '"¥"#,##0.00', "-¥1,234.50"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (1234.5, "\\¥#,##0.00;\\¥\\-#,##0.00", "¥1,234.50"),
    (-1234.5, "\\¥#,##0.00;\\¥\\-#,##0.00", "¥-1,234.50"),
    (1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
    (-1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
    (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (5, '0"个"', "5个"),
    (5, '"≥"0"个"', "≥5个"),
    (0.9, '"≥"0%', "≥90%"),
    (0.9, "≥0%", "≥90%"),
    (5, 'General"个"', "5个"),
    (12, '0 "万元"', "12 万元"),
    (1.5, "# ?/?", "1 1/2"),
    (0.5, "# ?/?", "1/2"),
    (0.333333333, "# ?/?", "1/3"),
    (3, "# ?/?", "3"),
    (0.3125, "# ??/??", "5/16"),
    (2.25, "# ?/4", "2 1/4"),
    (2.5, "?/?", "5/2"),
    (0.25, "# ??/100", "25/100"),
    (12345, "0.00E+00", "1.23E+04"),
    (0.00012345, "0.00E+00", "1.23E-04"),
    (12345, "##0.0E+0", "12.3E+3"),
    (123456, "##0.0E+0", "123.5E+3"),
    (0, "0.00E+00", "0.00E+00"),
    (9999000000.0, "0.0E+0", "1.0E+10"),
    (12345, "0E-0", "1E4"),
    (50, '[>=100]"大";[<10]"小";0', "50"),
    (500, '[>=100]"大";[<10]"小";0', "大"),
    (5, '[>=100]"大";[<10]"小";0', "小"),
    (5, '[<60]"不及格";"及格"', "不及格"),
    (80, '[<60]"不及格";"及格"', "及格"),
    (1, '"是";;"否"', "是"),
    (0, '"是";;"否"', "否"),
    (12, "@", "12"),
    (0.1, "@", "0.1"),
    (5, "[Red]0", "5"),
    (5, "[Color 12]0.0", "5.0"),
    (5, "[红色]0", "5"),
    (150000, '[>=10000]0.0,"K";0', "150.0K"),
    (1234.5, "#,##0.0 ", "1,234.5"),
    (-0.5, "0%", "-50%"),
    (-3, "0;0", "3"),
    (12.3, ".00", "12.30"),
    (1234.567, "#,##0.0##", "1,234.567"),
    (1234.5, "#,##0.0##", "1,234.5"),
    (45206.5, "yyyy/m/d", "2023/10/7"),
    (45206.5, "yyyy-mm-dd", "2023-10-07"),
    (45206.5, 'yyyy"年"m"月"d"日"', "2023年10月7日"),
    (45206.5, 'yyyy"年"m"月"d"日";@', "2023年10月7日"),
    (45206.5, '[$-804]yyyy"年"m"月"d"日"', "2023年10月7日"),
    (45206.5, "yyyy年m月d日", "2023年10月7日"),
    (45206.5, "yyyy\\-mm\\-dd;@", "2023-10-07"),
    (45206.5, 'yyyy"年"m"月"', "2023年10月"),
    (45206.5, 'm"月"d"日"', "10月7日"),
    (45206.5, "yy/mm/dd", "23/10/07"),
    (45206.5, "d-mmm-yy", "7-Oct-23"),
    (45206.5, "mmmm yyyy", "October 2023"),
    (45206.5, "mmmmm", "O"),
    (45206.5, "ddd", "Sat"),
    (45206.5, "dddd", "Saturday"),
    (45206.5, "[$-804]aaaa", "星期六"),
    (45206.5, "[$-804]aaa", "六"),
    (45206.5, "[$-804]dddd", "星期六"),
    (45206.5, "[$-804]mmmm", "十月"),
    (45206.5, "[$-804]mmm", "10月"),
    (45206.5, "[$-409]d-mmm-yy;@", "7-Oct-23"),
    (45206.5, "yyyy/m/d h:mm", "2023/10/7 12:00"),
    (45206.5, "yyyy/m/d h:mm AM/PM", "2023/10/7 12:00 PM"),
    (45206.75, "h:mm AM/PM", "6:00 PM"),
    (45206.1, "[$-804]AM/PM h:mm", "上午 2:24"),
    (0.123456, "h:mm:ss.000", "2:57:46.598"),
    (0.123456, "mm:ss.0", "57:46.6"),
    (1.5, "[h]:mm", "36:00"),
    (1.5, "[h]:mm:ss", "36:00:00"),
    (0.05, "[mm]:ss", "72:00"),
    (0.01, "[ss]", "864"),
    (61, "yyyy-mm-dd", "1900-03-01"),
    (2958465, "yyyy-mm-dd", "9999-12-31"),
    (45283, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年十二月二十三日"),
    (45283, '[DBNum1][$-804]yyyy"年"m"月"', "二〇二三年十二月"),
    (45209, '[DBNum1][$-804]m"月"d"日"', "十月十日"),
    (1234, "[DBNum1][$-804]General", "一千二百三十四"),
    (12, "[DBNum1][$-804]General", "一十二"),
    (10010, "[DBNum1][$-804]General", "一万〇一十"),
    (100200, '[DBNum2][$-804]General"元整"', "壹拾万零贰佰元整"),
    (1234, "[DBNum3][$-804]0", "１２３４"),
    (123456789, "[DBNum2][$-804]General", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖"),
    (20230001, "[DBNum1][$-804]General", "二千〇二十三万〇一"),
    (45206.5, "yyyy.m.d", "2023.10.7"),
    (45206.5, "yyyymmdd", "20231007"),
    (45206.5, "m/d", "10/7"),
    (45206.5, "mm/dd/yy", "10/07/23"),
    (45206.5, 'yyyy"年"m"月"d"日" dddd', "2023年10月7日 Saturday"),
    (1000000000000000.0, "0", "1000000000000000"),
    (123456789012345678, "0", "123456789012346000"),
    (1e-10, "0.00", "0.00"),
    (12345.678, "0.0?", "12345.68"),
    (5, "0.0?", "5.0"),
    (5, "?0", "5"),
    (-5, '"负"0;"负"0', "负5"),
    (-5, '[<0]"负"0;0', "负5"),
    (1234, "#,##0,", "1"),
    (0.5, "0%;-0%;0%", "50%"),
    (33.5, '0.0"%"', "33.5%"),
    (33.5, "0.0\\%", "33.5%"),
)
"""Value, code, text: agreed between Excel and LibreOffice 7.4."""

OTHERWISE: tuple[tuple[float, str, str, str], ...] = (
    (1, "#.##", "1.", "1"),
    (123456789, '0!.0,"万"', "12345.7万", "123456!.8万"),
    (3.14159265, "# ???/???", "3 16/113", "3  16/113"),
    (45206.5, "[$-804]ddd", "周六", "六"),
    (45206.75, '[$-804]上午/下午h"时"mm"分"', "下午6时00分", "45206.75"),
    (45206.75, '上午/下午h"时"mm"分"', "下午6时00分", "45206.75"),
    (0.999999, "h:mm:ss", "0:00:00", "23:59:59"),
    (0.500005787037037, "h:mm:ss", "12:00:01", "12:00:00"),
    (60, "yyyy-mm-dd", "1900-02-29", "1900-02-28"),
    (59, "yyyy-mm-dd", "1900-02-28", "1900-02-27"),
    (1, "yyyy-mm-dd", "1900-01-01", "1899-12-31"),
    (1234.5, "[DBNum2][$-804]General", "壹仟贰佰叁拾肆.伍", "壹仟贰佰叁拾肆点伍"),
    (1234, "[DBNum2][$-804]0", "壹贰叁肆", "壹仟贰佰叁拾肆"),
    (45206.5, 'e"年"m"月"', "2023年10月", "784年7月"),
    (45206.5, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年10月7日", "Saturday, October 7, 2023"),
    (45206.5, "[$-F400]h:mm:ss\\ AM/PM", "12:00:00", "12:00:00 PM"),
    (-0.001, "0.00", "-0.00", "0.00"),
    (-5, "[>100]0.0;0", "-5", "5"),
)
"""Value, code, text, LibreOffice's text. Here Excel is followed, for these reasons, in turn:

`#.` keeps its point; `!` escapes in its Chinese edition; blanks that line fractions up are no text; the
short weekday of Windows; half-day words of the Chinese edition; seconds are rounded; the year 1900 had its
29 February; the decimal point and `0` under Chinese numerals; `e` is the year of our era; the system's own
long date and time are the Chinese edition's; a negative number that rounds to nothing, or that no section
for negatives shows, keeps its minus.
"""

GENERAL = (
    (0.0, "0"),
    (-0.0, "0"),
    (5.0, "5"),
    (349.5, "349.5"),
    (0.1 + 0.2, "0.3"),
    (1 / 3, "0.333333333"),
    (-1 / 3, "-0.333333333"),
    (2 / 3, "0.666666667"),
    (1234567.891, "1234567.891"),
    (123456.789012, "123456.789"),
    (1234567890.5, "1234567891"),
    (12345678901.0, "12345678901"),
    (-12345678901.0, "-12345678901"),
    (99999999999.0, "99999999999"),
    (99999999999.9, "1E+11"),
    (123456789012.0, "1.23457E+11"),
    (1e11, "1E+11"),
    (1e20, "1E+20"),
    (0.0001, "0.0001"),
    (0.00012345678, "0.000123457"),
    (0.00001, "0.00001"),
    (0.000012345678, "1.23457E-05"),
    (9.99999e-5, "9.99999E-05"),
    (1e-10, "1E-10"),
    (1e300, "1E+300"),
    (5e-324, "4.94066E-324"),
)

TEXTS = (
    ("@", "  自己的 空格 ", "  自己的 空格 "),
    ("0.00", "文字", "文字"),
    ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "文字", "文字"),
    ('0;0;0;"共"@"个"', "3", "共3个"),
    ('"编号："@', "7", "编号：7"),
    (";;;", "藏", ""),
    ("0;-0;", "文字", "文字"),
    ("General", "文字", "文字"),
)


@pytest.mark.parametrize(("value", "code", "text"), [*CASES, *(case[:3] for case in OTHERWISE)])
def test_a_number_shows_as_in_excel(value: float, code: str, text: str) -> None:
    assert number_format(code).number(value) == text


@pytest.mark.parametrize(("value", "text"), GENERAL)
def test_general_shows_eleven_characters(value: float, text: str) -> None:
    assert general(value) == text
    assert number_format("General").number(value) == text


@pytest.mark.parametrize(("code", "given", "shown"), TEXTS)
def test_text_shows_under_the_section_for_text(code: str, given: str, shown: str) -> None:
    form = number_format(code)
    assert (given if form.text is None else form.text(given)) == shown


@pytest.mark.parametrize(
    ("number", "value", "text"),
    [
        (14, 45206, "2023/10/7"),
        (22, 45206.5, "2023/10/7 12:00"),
        (31, 45206, "2023年10月7日"),
        (57, 45206, "2023年10月"),
        (58, 45206, "10月7日"),
        (35, 45206.75, "下午6时00分00秒"),
        (43, 0, "-"),
        (43, 1234.5, "1,234.50"),
        (37, -1234, "-1,234"),
        (9, 0.9, "90%"),
        (49, 209101, "209101"),
    ],
)
def test_ids_that_a_file_need_not_define_show_as_in_the_chinese_edition(number: int, value: float, text: str) -> None:
    assert number_format(BUILTIN[number]).number(value) == text


def test_the_1904_system_counts_from_another_day() -> None:
    form = number_format("yyyy-mm-dd", date1904=True)
    assert (form.number(0), form.number(60), form.number(43744)) == ("1904-01-01", "1904-03-01", "2023-10-07")


def test_what_is_no_date_shows_its_number() -> None:
    form = number_format("yyyy-mm-dd")
    assert form.is_date
    assert (form.number(-1), form.number(2958466), form.number(1e300)) == ("-1", "2958466", "1E+300")


def test_the_weekday_of_the_first_days_is_excels() -> None:
    form = number_format("aaaa")
    assert [form.number(day) for day in (1, 60, 61)] == ["星期日", "星期三", "星期四"]


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.booleans())
def test_decimals_are_rounded_half_away_from_zero(cents: int, places: int, grouped: bool) -> None:
    value = Decimal(cents) / 1000
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    whole = abs(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    expected = ("-" if cents < 0 else "") + (f"{whole:,f}" if grouped else f"{whole:f}")
    assert number_format(code).number(float(value)) == expected


@given(
    st.text(alphabet='0#?.,%/@ymdhsaegbE+-_*\\![]$;"<>=804 General年月日AM/PMDBNum12', max_size=24),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_code_shows_any_number(code: str, value: float) -> None:
    form = number_format(code)
    shown = form.number(value)
    assert shown == shown.strip(" ")
    assert form.text is None or isinstance(form.text("文字"), str)


@pytest.mark.office
def test_libreoffice_agrees() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (value, code, _) in enumerate(CASES, 1):
        cell = sheet.cell(row, 1, value)
        cell.number_format = code
        sheet.cell(row, 2, "|")
    file = io.BytesIO()
    book.save(file)
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76"  # comma, double quote, UTF-8; cells as shown
    shown = office.convert([file.getvalue()], filter_, suffix="xlsx")[0].decode("utf-8")
    texts = [row[0].strip(" ") for row in csv.reader(io.StringIO(shown))]
    assert texts == [text for _, _, text in CASES]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0;-0;0;General", "甲"),
        ("0;-0;0", "甲"),
        ('0;-0;0;"目标"General', "目标甲"),
        ("0;-0;0;@元", "甲元"),
        ("0;-0;0;", ""),
    ],
)
def test_a_section_for_text_that_is_general_or_absent(code: str, text: str) -> None:
    show = number_format(code).text
    assert ("甲" if show is None else show("甲")) == text
