"""Workbooks that perfdoc makes itself: sheets of styled cells, written by openpyxl, reproducible. The only door to it.

`sheet` says what a sheet is, `book` writes it. A workbook that a user drew is not written here (`lists`).
"""
