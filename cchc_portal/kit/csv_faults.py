"""What stops a CSV file from being read, in Vietnamese. Pure."""

import csv


def told(fault: csv.Error) -> str:
    """The reason as a clause; the library has it in English only."""
    said = str(fault)
    if "unexpected end" in said:
        return "dấu ngoặc kép mở ra mà không đóng lại"
    if "field larger" in said:
        return "có ô dài quá"
    return "dấu ngoặc kép đặt sai chỗ trong ô"
