"""`daftar account invite`: how an installation gets its first administrator."""

import re

import pytest
from django.test import Client
from typer.testing import CliRunner

from daftar.config.cli import app
from daftar.portal.accounts.models import Account

LONG = "four quite usual words"


@pytest.mark.django_db
def test_the_first_administrator_is_invited_on_the_command_line() -> None:
    words = ["account", "invite", "chief", "chief@example.org", "Chief", "--office", "ir-hq", "--language", "fa"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    link = re.search(r"https?://[^/]+(/fa/accounts/invitations/\S+/)", result.output)
    assert link
    Client().post(link[1], {"password": LONG, "again": LONG})
    account = Account.objects.get(user="chief")
    assert (account.role, account.office, account.display_name) == ("insurer_admin", "ir-hq", "Chief")


@pytest.mark.django_db
@pytest.mark.parametrize(("user", "mail"), [("ch", "chief@example.org"), ("chief", "chief")])
def test_what_cannot_be_invited_is_said(user: str, mail: str) -> None:
    result = CliRunner().invoke(app, ["account", "invite", user, mail, "Chief"])
    assert result.exit_code == 1
    assert result.output.strip()
