"""Identifiers that pass every check and yet can belong to nobody, and mobiles that no list seen assigns to anybody.

Iran: the place prefixes in use end at 732 (list of places in persian-tools 0.0.11, and the same in its JavaScript
sibling: 595 prefixes). Ours were picked far above that, one from each of five hundreds-and-tens, so that new
prefixes, which are given out upwards, will not reach them soon.
Iran, foreign nationals: real numbers have 8 to 12 digits and no leading zeros (domain-facts 2.2); ours are six
digits filled up with zeros.
China: the first two digits are a province. 58, 59 and 68 occur in none of the 19 revisions of GB/T 2260 (2002-2016)
nor in the divisions of 2023, nor are they used for residence permits (81, 82, 83, 9x).
"""

from datetime import date

from daftar.terms.identifiers import cn_check_character, ir_check_digit

IR_PLACES = ("951", "962", "973", "984", "995")
CN_DIVISIONS = ("580101", "580203", "590305", "680107")
MOST_MOBILES = 100_000


def ir_national_code(serial: int) -> str:
    """The national code of the `serial`-th made-up Iranian, 1 to 5 million."""
    nine = f"{IR_PLACES[serial % len(IR_PLACES)]}{serial // len(IR_PLACES):06}"
    return f"{nine}{ir_check_digit(nine)}"


def ir_foreigner_number(serial: int) -> str:
    """The number of the `serial`-th made-up foreign national in Iran: 12 digits, half of them leading zeros."""
    return f"{serial:012}"


def cn_resident_id(serial: int, birth: date, sex: str) -> str:
    """A resident identity number of a division that never was; the sequence is odd for men (GB 11643).

    Two persons of one birthday and sex differ by division or sequence for 1,996 serials in a row.
    """
    place, turn = serial % len(CN_DIVISIONS), serial // len(CN_DIVISIONS)
    sequence = turn % 499 * 2 + (1 if sex == "male" else 2)
    seventeen = f"{CN_DIVISIONS[place]}{birth:%Y%m%d}{sequence:03}"
    return seventeen + cn_check_character(seventeen)


def ir_mobile(serial: int) -> str:
    """An Iranian mobile: block 0998 88, which no operator's list names; nothing is ever sent to it from the demo."""
    return f"+9899888{serial % MOST_MOBILES:05}"


def cn_mobile(serial: int) -> str:
    """A Chinese mobile: block 1610 0, valid by form; no list that we saw assigns it to anybody, which proves little."""
    return f"+8616100{serial % MOST_MOBILES:06}"


def is_made_up(id_type: str, number: str) -> bool:
    """Whether a number is one of those that can belong to nobody."""
    match id_type:
        case "ir-national-code":
            return number[:3] in IR_PLACES
        case "cn-resident-id":
            return number[:6] in CN_DIVISIONS
    return len(number) == 12 and number.startswith("000000")
