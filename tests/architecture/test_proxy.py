"""The proxy's path split is the one-port server's (design §7)."""

import re

from daftar.gate.app import PREFIXES
from tests.architecture.tree import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx" / "daftar.conf"


def test_every_path_of_the_gate_goes_to_the_gate_and_no_other() -> None:
    split = dict(re.findall(r"location (\S+) \{.*proxy_pass http://daftar_(\w+);", CONFIGURATION.read_text()))
    assert split.pop("/") == "portal"
    assert split == dict.fromkeys(PREFIXES, "gate")
