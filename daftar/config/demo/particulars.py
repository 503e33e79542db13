"""What else the registry holds of made-up persons: numbers, address, telephone, and where they work (S1.18-S1.20).

Derived from the identifier, not drawn: the same person has the same particulars, and the drawn ones stay as they were.
Telephones begin with a zero after the area code, as no real one does; streets are named «نمونه» and 示范.
"""

import hashlib

WORKING = ("compulsory",)
Columns = dict[str, str | None]


def of_person(id_type: str, id_number: str) -> Columns:
    """Numbers, residence and telephone."""
    digits = _digits(id_number, "person")
    chinese = id_type == "cn-resident-id"
    street, house = int(digits[:2]) + 1, int(digits[2:4]) + 1
    address = f"示范路{street}号{house}室" if chinese else f"خیابان نمونه، کوچه {street}، پلاک {house}"
    return {
        "insurance_number": f"99{digits[4:12]}",
        "id_booklet_no": None if chinese else digits[12:17].lstrip("0") or "1",
        "residence_address": address,
        "phone": f"0791-0{digits[5:12]}" if chinese else f"021-0{digits[5:12]}",
        **(_card(digits) if chinese else {}),
    }


def _card(digits: str) -> Columns:
    """The social-security card: one in twenty has none, one in fifty has lost it."""
    turn = int(digits[17:19])
    if turn < 5:
        return {"card_state": "none"}
    return {"card_state": "lost" if turn < 7 else "issued", "card_number": f"98{digits[10:17]}"}


def of_work(id_type: str, id_number: str, kind: str) -> Columns:
    """Workshop and employer of those who are employed; a workshop has some twenty of the demo's persons."""
    if kind not in WORKING:
        return {}
    number = int(_digits(id_number, "work")[:4]) % 500
    chinese = id_type == "cn-resident-id"
    return {
        "workshop_number": f"98{number:06}",
        "workshop_name": f"示范工厂{number}" if chinese else f"کارگاه {number}",
        "workshop_address": f"示范工业园{number}号" if chinese else f"شهرک صنعتی نمونه، قطعه {number}",
        "workshop_phone": f"0791-09{number:06}" if chinese else f"021-09{number:06}",
        "employer_name": f"示范企业{number}" if chinese else f"شرکت نمونه {number}",
    }


def _digits(id_number: str, use: str) -> str:
    """Twenty digits that look drawn."""
    digest = hashlib.blake2b(f"{use} {id_number}".encode(), digest_size=12).digest()
    return f"{int.from_bytes(digest):020d}"[-20:]
