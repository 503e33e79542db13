"""The first line of an inquiry file: which column is where, and what stands between them."""

from dataclasses import dataclass

from daftar.terms.digits import fold
from daftar.terms.misunderstood import Misunderstood

SEPARATORS = ",;\t،；，"
NUMBER, TYPE, PERIOD_FROM, PERIOD_TO, MARK = COLUMNS = ("number", "type", "period_from", "period_to", "mark")
NAMES = {
    NUMBER: (
        "number",
        "national_code",
        "national code",
        "کد ملی",
        "شماره ملی",
        "شناسه",
        "证件号码",
        "身份证号码",
        "身份证号",
    ),
    TYPE: ("type", "نوع شناسه", "证件类型"),
    PERIOD_FROM: ("period_from", "period from", "from", "از تاریخ", "تاریخ شروع دوره", "开始日期"),
    PERIOD_TO: ("period_to", "period to", "to", "تا تاریخ", "تاریخ پایان دوره", "结束日期"),
    MARK: ("mark", "ردیف", "نشان", "备注", "序号"),
}
"""How each column may be called: the machine's word first, then in English, Persian and Chinese."""

LONGEST_HEADING = 500
_KNOWN = {fold(name): column for column, names in NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns in their order, and the character between them."""

    columns: tuple[str, ...]
    separator: str

    def spelled(self) -> str:
        """As one text, to be kept with the file."""
        return "\n".join((self.separator, *self.columns))


def heading_spelled(text: str) -> Heading:
    """Read what `Heading.spelled` wrote."""
    separator, *columns = text.split("\n")
    return Heading(tuple(columns), separator)


def read_heading(line: str) -> Heading:
    """Read the first line of a file.

    Raises Misunderstood `file_without_number` or `file_unknown_column`.
    """
    line = line.strip().removeprefix("\ufeff")[:LONGEST_HEADING]
    separator = max(SEPARATORS, key=line.count)
    names = [name.strip().strip('"').strip() for name in line.split(separator)]
    columns = tuple(_KNOWN.get(fold(name), "") for name in names)
    if NUMBER not in columns:
        raise Misunderstood("file_without_number")
    if "" in columns:
        raise Misunderstood("file_unknown_column", name=names[columns.index("")])
    if len(set(columns)) < len(columns):
        raise Misunderstood("file_column_twice")
    return Heading(columns, separator)
