"""Where alerts go: a wrong address ends the start with a sentence, not an alert that reaches nobody."""

import pytest

from daftar.config.environment import SettingError
from daftar.config.watch_settings import watch


def test_alerts_go_to_mail_addresses_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAFTAR_ALERT_MAIL", "watch@example.org, Night@Example.org")
    assert watch().alert_mail == ("watch@example.org", "night@example.org")
    for wrong in ("watch", "watch@example.org;night@example.org", "watch@example"):
        monkeypatch.setenv("DAFTAR_ALERT_MAIL", f"watch@example.org,{wrong}")
        with pytest.raises(SettingError, match=f"DAFTAR_ALERT_MAIL must name mail addresses, not '{wrong}'"):
            watch()
