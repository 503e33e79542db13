"""FHIR's `$submit` against the JSON inquiry (issue 6: within 1.5 times): `python -m bench.fhir`.

The same gate, the same persons, runs that alternate; medians and paired ratios of requests a second, and of the
processor time that the gate itself takes for one inquiry: that ratio does not depend on what else the machine does.
"""

import argparse
import dataclasses
import json
import tempfile
from pathlib import Path

import psutil

from bench.eligibility import Ground, prepare, token, wrk
from bench.population import ID_TYPE
from bench.report import Figure, show
from bench.servers import free_port, postgresql, served

JSON_PATH = "/api/v1/eligibility-inquiries"
FHIR_PATH = "/fhir/R4/CoverageEligibilityRequest/$submit"


def request_of(number: str) -> dict[str, object]:
    """HL7's first example about one of the bench's persons."""
    return {
        "resourceType": "CoverageEligibilityRequest",
        "identifier": [{"system": "http://happyvalley.com/coverageelegibilityrequest", "value": "52345"}],
        "status": "active",
        "priority": {"coding": [{"code": "normal"}]},
        "purpose": ["validation"],
        "patient": {"identifier": {"system": f"urn:bench:{ID_TYPE}", "value": number}},
        "created": "2014-08-16",
        "provider": {"reference": "Organization/1"},
        "insurer": {"reference": "Organization/2"},
        "insurance": [{"focal": True, "coverage": {"reference": "Coverage/9876B1"}}],
    }


def write_requests(ground: Ground) -> Ground:
    """The same subjects as the JSON bodies, in the same order, as resources."""
    numbers = [json.loads(line)["subject"]["number"] for line in ground.bodies.read_text().splitlines()]
    path = ground.state / "requests.txt"
    path.write_text("".join(json.dumps(request_of(each)) + "\n" for each in numbers))
    return dataclasses.replace(ground, bodies=path)


def processor_seconds(pid: int) -> float:
    """What a server and its workers have used so far."""
    server = psutil.Process(pid)
    return sum(sum(each.cpu_times()[:2]) for each in (server, *server.children(recursive=True)))


def measure(ground: Ground, options: argparse.Namespace) -> list[Figure]:
    """Requests a second, 99th percentile and processor time of both, run by run."""
    sent = {"JSON": (JSON_PATH, ground), "FHIR": (FHIR_PATH, write_requests(ground))}
    speed: dict[str, list[float]] = {name: [] for name in sent}
    slowest: dict[str, list[float]] = {name: [] for name in sent}
    cost: dict[str, list[float]] = {name: [] for name in sent}
    port = free_port()
    command = ["-m", "daftar.config.cli", "serve", "gate", "--port", str(port), "--workers", str(options.workers)]
    with served(command, ground.environment, port, "/readyz") as pid:
        base = f"http://127.0.0.1:{port}"
        for path, bodies in sent.values():
            wrk(base + path, token(base), bodies, 32, 2)  # warm
        for _ in range(options.rounds):
            for name, (path, bodies) in sent.items():
                before = processor_seconds(pid)
                rate, p99 = wrk(base + path, token(base), bodies, options.connections, options.seconds)
                cost[name].append(1e6 * (processor_seconds(pid) - before) / (rate * options.seconds))
                speed[name].append(rate)
                slowest[name].append(p99)
    return [
        *_figures("inquiries", "a second", speed),
        *_figures("p99", "ms", slowest),
        *_figures("the gate's processor time of one inquiry", "us", cost),
    ]


def _figures(what: str, unit: str, found: dict[str, list[float]]) -> list[Figure]:
    ratio = [fhir / plain for fhir, plain in zip(found["FHIR"], found["JSON"], strict=True)]
    return [
        Figure(f"PostgreSQL: {what}, FHIR", unit, found["FHIR"]),
        Figure(f"PostgreSQL: {what}, JSON", unit, found["JSON"], ratio),
    ]


def main() -> None:
    """Measure on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--workers", type=int, default=2, help="processes of the gate")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="daftar-bench-", ignore_cleanup_errors=True) as folder,
        postgresql(Path(folder) / "pg") as url,
    ):
        state = Path(folder) / "state"
        state.mkdir()
        show(measure(prepare(url, state, options.persons), options))


if __name__ == "__main__":
    main()
