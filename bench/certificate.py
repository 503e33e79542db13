"""How long a certificate's PDF takes, printed and signed, in each language; the issue says under 0.7 s.

python -m bench.certificate --rounds 15
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from bench.report import Figure, show

LIMIT_SECONDS = 0.7
LANGUAGES = ("fa", "zh", "en")
NAMES = {"fa": ("رضا", "نمونه‌پور"), "zh": ("伟", "王"), "en": ("Reza", "Sample")}


def main() -> None:
    """Every language, one after the other, after one warm-up each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"DAFTAR_STATE": state, "DJANGO_SETTINGS_MODULE": "daftar.config.settings"}
        import django

        django.setup()
        figures = [figure for language in LANGUAGES for figure in measure(language, rounds)]
    show(figures)
    slowest = max(statistics.median(figure.values) for figure in figures)
    print(f"slowest median {slowest:.2f} s of {LIMIT_SECONDS} s: {'kept' if slowest < LIMIT_SECONDS else 'MISSED'}")


def measure(language: str, rounds: int) -> tuple[Figure, Figure]:
    """Seconds a PDF, by the clock and of the processor, of a certificate with one spell and every field filled."""
    from django.utils import translation

    from daftar.portal.certificates.printing import certificate_pdf

    held = _certificate(*NAMES[language])
    seconds, busy = [], []
    with translation.override(language):
        certificate_pdf(held)
        for _ in range(rounds):
            begin, worked = time.perf_counter(), time.process_time()
            made = certificate_pdf(held)
            seconds.append(time.perf_counter() - begin)
            busy.append(time.process_time() - worked)
    name = f"certificate, PDF signed, {language} ({len(made) // 1024} kB)"
    return Figure(name, "s", seconds), Figure(f"{name}: of the processor", "s", busy)


def _certificate(given: str, family: str) -> Any:
    from django.conf import settings

    from daftar.disclosure.affiliation import AffiliationAnswer
    from daftar.disclosure.certificates import Applicant, Certificate, Content, write_content
    from daftar.disclosure.certificates.token import make_token
    from daftar.store.signing_keys import signing_keys
    from daftar.terms.certificate_codes import new_number

    now, today = datetime.now(UTC), date.today()
    person = {"given_name": given, "family_name": family, "father_name": given, "birth_date": date(1980, 5, 1)}
    spell = {
        "relation_type": "main",
        "kind": "compulsory",
        "insurance_type": "310",
        "office": "b8",
        "office_name": "شعبه یک تهران",
        "workshop_number": "1234567",
        "workshop_name": "کارگاه نمونه",
        "starts": date(2020, 1, 1),
    }
    code: Any = "4821773055194206"
    outcome: Any = "active"
    answer = AffiliationAnswer(code, outcome, now, today, None, None, person, (spell,))
    content = Content(answer, Applicant(given, family, "male", "ir-national-code", "0000000019"), "ab" * 16)
    key: Any = uuid4()
    held = Certificate(
        number=new_number(),
        key=key,
        account="bench",
        jurisdiction="ir",
        organisation="ir-fund-1",
        organisation_name="صندوق بیمه‌ای نمونه",
        content=content,
        written=write_content(content).decode(),
        token="",
        issued_at=now,
        valid_until=today + timedelta(days=30),
        opened_at=None,
        revoked_at=None,
        wrong_codes=0,
        locked_at=None,
    )
    signing = signing_keys(Path(settings.CERTIFICATE_KEYS))[0]
    return msgspec.structs.replace(held, token=make_token(held, signing, "https://daftar.example"))


if __name__ == "__main__":
    main()
