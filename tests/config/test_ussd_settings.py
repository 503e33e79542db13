"""`DAFTAR_USSD_GATEWAYS`: who may bring what telephones type."""

import pytest

from daftar.config import environment as env

KANNEL, IRANCELL = "a-secret-of-kannel", "a:secret:with:colons"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAFTAR_KANNEL_SECRET", "DAFTAR_USSD_GATEWAYS"):
        monkeypatch.delenv(name, raising=False)


def test_gateways_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.gateways() == {}
    monkeypatch.setenv("DAFTAR_KANNEL_SECRET", KANNEL)
    monkeypatch.setenv("DAFTAR_USSD_GATEWAYS", f"irancell:{IRANCELL}, mci:{KANNEL}")
    assert env.gateways() == {"kannel": KANNEL, "irancell": IRANCELL, "mci": KANNEL}


@pytest.mark.parametrize("value", [f":{KANNEL}", "irancell", "irancell:short", f"a:{KANNEL},a:{KANNEL}"])
def test_what_lets_nobody_in_ends_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DAFTAR_USSD_GATEWAYS", value)
    with pytest.raises(env.SettingError):
        env.gateways()
