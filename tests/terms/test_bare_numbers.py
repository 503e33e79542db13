"""Numbers as they come by SMS: in any digits, with words around them, and never by mistake somebody else's (S2.20)."""

import pytest

from daftar.terms.bare_numbers import DOUBTFUL, LONGEST_MESSAGE, possible_identifiers, the_number_in
from daftar.terms.identifiers import IdentifierNumber
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_network_number
from tests.gate.installation import national_code

CODE = national_code(1)
CHINESE = "11010519491231002X"


def spelled(text: str) -> list[tuple[str, str, bool]]:
    return [(each.type, each.number, DOUBTFUL in each.warnings) for each in possible_identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        CODE.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        f"{CODE[:3]}-{CODE[3:9]}-{CODE[9:]}",
        f" {CODE[:3]} {CODE[3:6]} {CODE[6:]}\r\n",
        f"\u200f{CODE[:3]}.{CODE[3:9]}/{CODE[9:]}\u200e",
        f"کد ملی: {CODE} لطفاً 🙏",
        f"code {CODE}.",
        CODE.lstrip("0").zfill(8),
    ],
)
def test_a_code_is_understood_however_it_is_written(text: str) -> None:
    assert spelled(text)[0] == ("ir-national-code", CODE, False)


@pytest.mark.parametrize(
    "text", [CHINESE, CHINESE.lower(), "１１０１０５１９４９１２３１００２Ｘ", "身份证110105 19491231 002x。"]
)
def test_a_resident_identity_number_too(text: str) -> None:
    assert spelled(text) == [("cn-resident-id", CHINESE, False)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"),
        ("سلام", "required"),
        ("👩‍⚕️❤️", "required"),
        ("x", "required"),
        ("1" * 1000, "wrong_length"),
        ("1" * (LONGEST_MESSAGE + 1), "wrong_length"),
        ("1234567", "wrong_length"),
        (f"{CODE} و {national_code(2)}", "given_twice"),
        ("110105194912310021", "wrong_check_digit"),
    ],
)
def test_what_is_no_code_is_said_so(text: str, code: str) -> None:
    with pytest.raises(Misunderstood) as refused:
        possible_identifiers(text)
    assert refused.value.code == code


@pytest.mark.parametrize("number", ["0000000012", "12345678", "09120000001", "989120000001"])
def test_a_slip_of_the_hand_may_be_a_foreigner_and_is_doubted(number: str) -> None:
    assert spelled(number) == [("ir-foreigner-number", number, True)]


@pytest.mark.parametrize("text", ["اتباع {}", "{} أتباع خارجي", "FOREIGN {}", "外籍：{}"])
def test_a_word_beside_it_says_that_it_is_a_foreigners(text: str) -> None:
    assert spelled(text.format("0000000012")) == [("ir-foreigner-number", "0000000012", False)]
    assert spelled(text.format(CODE)) == [("ir-foreigner-number", CODE, False)]


def test_a_foreigner_of_eleven_or_twelve_digits_is_not_doubted() -> None:
    assert spelled("140012345678") == [("ir-foreigner-number", "140012345678", False)]


def test_a_national_code_may_also_be_a_foreigner_and_comes_first() -> None:
    assert [each.type for each in possible_identifiers(CODE)] == ["ir-national-code", "ir-foreigner-number"]
    assert possible_identifiers(CODE)[0].number == IdentifierNumber(CODE)


def test_the_number_itself_for_menus_that_ask_for_one() -> None:
    assert the_number_in("۱۲-۳") == "123"


@pytest.mark.parametrize(
    ("sender", "mobile"),
    [
        ("+989120000001", "+989120000001"),
        ("989120000001", "+989120000001"),
        ("00989120000001", "+989120000001"),
        ("09120000001", "+989120000001"),
        ("8613800138000", "+8613800138000"),
        ("13052345678", "+8613052345678"),
    ],
)
def test_a_sender_of_the_network(sender: str, mobile: str) -> None:
    assert read_network_number(sender, ("IR", "CN")) == mobile


@pytest.mark.parametrize("sender", ["", "1420", "HAMRAH", "+4915112345678", "98912000000١\x00", "9" * 500])
def test_what_no_reply_reaches_is_no_sender(sender: str) -> None:
    with pytest.raises(Misunderstood):
        read_network_number(sender, ("IR", "CN"))
