"""`python -m bench` (`make bench`): every benchmark after the other, each in a process of its own."""

import subprocess
import sys

BENCHMARKS = (
    "bench.eligibility",
    "bench.fhir",
    "bench.affiliation",
    "bench.affiliation_file",
    "bench.sms",
    "bench.feeds",
    "bench.settlements",
    "bench.directory",
    "bench.rebuild",
    "bench.household",
    "bench.journal",
    "bench.certificate",
    "bench.expenses",
    "bench.cases",
    "bench.enrolments",
    "bench.filings",
    "bench.face",
    "bench.operations",
    "bench.ussd",
    "bench.overlaps",
    "bench.providers",
)


def main() -> None:
    """Run all, or those named on the command line: `python -m bench feeds rebuild`."""
    wanted = [name for name in BENCHMARKS if len(sys.argv) == 1 or name.partition(".")[2] in sys.argv[1:]]
    for name in wanted:
        print(f"\n== {name} ==", flush=True)
        subprocess.run([sys.executable, "-m", name], check=True)


if __name__ == "__main__":
    main()
