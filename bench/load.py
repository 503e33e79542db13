"""wrk with one of our scripts: requests a second, and how long the slowest hundredth waited."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
RPS = re.compile(r"Requests/sec:\s+([\d.]+)")
P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def load(script: str, url: str, given: Mapping[str, object], *, connections: int, seconds: int) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds; `given` is what the script reads.

    Raises RuntimeError where an answer was none of 200.
    """
    printed = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", HERE / script, url],
        env=os.environ | {name: str(value) for name, value in given.items()},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate, slowest = RPS.search(printed), P99.search(printed)
    if "Non-2xx" in printed or "Socket errors" in printed or rate is None or slowest is None:
        raise RuntimeError(printed)
    value, unit = slowest.groups()
    return float(rate.group(1)), float(value) * MILLISECONDS[unit]
