"""docs/reference/metrics.md, the dashboard and the alerts name metrics that there are, and none is missing."""

import json
import re

from daftar.answers.metrics import REGISTRY
from daftar.answers.traffic import TRAFFIC
from daftar.gate import metrics
from tests.architecture.tree import ROOT

NAME = re.compile(r"\bdaftar_[a-z_]+\b")
SUFFIX = re.compile(r"_(bucket|count|sum)$")


def exposed() -> set[str]:
    """Names as Prometheus stores them, without the suffixes of histograms."""
    assert metrics.WAITING
    assert TRAFFIC  # both are registered where they are made
    families = list(REGISTRY.collect())
    return {f"{each.name}_total" if each.type == "counter" else each.name for each in families}


def test_every_metric_is_documented_and_no_other() -> None:
    page = (ROOT / "docs/reference/metrics.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == exposed()


def test_dashboard_and_alerts_ask_for_metrics_that_there_are() -> None:
    dashboard = (ROOT / "deploy/grafana/daftar.json").read_text(encoding="utf-8")
    asked = [target["expr"] for panel in json.loads(dashboard)["panels"] for target in panel.get("targets", [])]
    alerts = (ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")
    asked += re.findall(r"expr: (.+)", alerts)
    named = {SUFFIX.sub("", name) for expression in asked for name in NAME.findall(expression)}
    assert len(asked) > 12
    assert named <= exposed()
