"""The number formats that a workbook names by id alone, as a Chinese Excel shows them.

ECMA-376 part 1, 18.8.30: ids 0 to 49 are the same everywhere but for dates, money and negatives, which
follow the machine's region; 27 to 36 and 50 to 58 are listed there for zh-cn. A file does not say in
which region it was written; performance-goal forms are written in the Chinese one.
"""

from collections.abc import Mapping
from types import MappingProxyType

BUILTIN: Mapping[int, str] = MappingProxyType(
    {
        0: "General",
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        5: "¥#,##0;¥-#,##0",
        6: "¥#,##0;[Red]¥-#,##0",
        7: "¥#,##0.00;¥-#,##0.00",
        8: "¥#,##0.00;[Red]¥-#,##0.00",
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        12: "# ?/?",
        13: "# ??/??",
        14: "yyyy/m/d",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "yyyy/m/d h:mm",
        **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
        **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
        30: "m-d-yy",
        31: 'yyyy"年"m"月"d"日"',
        32: 'h"时"mm"分"',
        33: 'h"时"mm"分"ss"秒"',
        **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
        **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
        37: "#,##0;-#,##0",
        38: "#,##0;[Red]-#,##0",
        39: "#,##0.00;-#,##0.00",
        40: "#,##0.00;[Red]-#,##0.00",
        41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
        42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
        43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mm:ss.0",
        48: "##0.0E+0",
        49: "@",
    }
)
"""numFmtId → format code, for the ids that a file need not define."""
