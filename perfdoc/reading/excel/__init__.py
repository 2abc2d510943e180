"""What worksheets have in common, whichever file format holds them; `read.xlsx` and `read.xls` use it."""
