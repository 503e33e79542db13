"""The real Kannel, run with the configuration that is shipped in deploy/kannel, on free ports of loopback."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.architecture.tree import ROOT
from tests.gate.installation import free_port
from tests.smpp import eventually

SHIPPED = ROOT / "deploy" / "kannel" / "kannel.conf"
SECRET, PASSWORD = "a-secret-of-the-gate", "a-password-of-sendsms"


@dataclass
class Kannel:
    """bearerbox and smsbox; both can be killed and started again on the same store."""

    folder: Path
    gate_port: int
    network_port: int
    sendsms_port: int = field(default_factory=free_port)
    admin_port: int = field(default_factory=free_port)
    boxes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        """What the gate must know of this Kannel."""
        return {
            "DAFTAR_KANNEL": f"http://daftar:{PASSWORD}@127.0.0.1:{self.sendsms_port}/cgi-bin/sendsms",
            "DAFTAR_KANNEL_STORE": f"http://admin:{PASSWORD}@127.0.0.1:{self.admin_port}/store-status.txt",
            "DAFTAR_KANNEL_SECRET": SECRET,
            "DAFTAR_KANNEL_REPORTS": f"http://127.0.0.1:{self.gate_port}",
            "DAFTAR_SMS_NUMBER": "1420",
        }

    def write(self) -> Path:
        """The shipped file with the places of this test."""
        text = SHIPPED.read_text(encoding="utf-8")
        boxes = free_port()
        for pattern, value in (
            (r"(?m)^admin-port = .*", f"admin-port = {self.admin_port}"),
            (r"(?m)^smsbox-port = .*", f"smsbox-port = {boxes}"),
            (r"(?m)^bearerbox-port = .*", f"bearerbox-port = {boxes}"),
            (r"(?m)^sendsms-port = .*", f"sendsms-port = {self.sendsms_port}"),
            (r"(?m)^port = .*", f"port = {self.network_port}"),
            (r"127\.0\.0\.1:8001", f"127.0.0.1:{self.gate_port}"),
            (r"CHANGE-operator.example", "127.0.0.1"),
            (r"CHANGE-secret", SECRET),
            (r"CHANGE-(admin|sendsms)", PASSWORD),
            (r"(?m)^(reconnect-delay|sms-resend-freq|http-queue-delay) = .*", r"\1 = 1"),
            (r"/var/(log|spool)/kannel", str(self.folder)),
        ):
            text = re.sub(pattern, value, text)
        path = self.folder / "kannel.conf"
        path.write_text(text, encoding="utf-8")
        for name in ("store", "dlr"):
            (self.folder / name).mkdir(exist_ok=True)
        return path

    def start(self) -> None:
        """Both boxes, until sendsms answers."""
        path = self.write()
        for name in ("bearerbox", "smsbox"):
            program = shutil.which(name) or f"/usr/sbin/{name}"
            with (self.folder / f"{name}.out").open("ab") as output:
                self.boxes.append(subprocess.Popen([program, str(path)], stdout=output, stderr=output))
            if name == "bearerbox":
                eventually(lambda: _answers(f"http://127.0.0.1:{self.admin_port}/status.txt"))
        eventually(lambda: "smsbox:daftar" in self.status)

    @property
    def status(self) -> str:
        """What bearerbox says of itself."""
        url = f"http://127.0.0.1:{self.admin_port}/status.txt"
        return httpx.get(url, params={"password": PASSWORD}, timeout=20).text

    def kill(self) -> None:
        """kill -9 of both."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End them as a service manager would."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        for box in self.boxes:
            box.send_signal(number)
        for box in self.boxes:
            try:
                box.wait(timeout=20)
            except subprocess.TimeoutExpired:
                box.kill()
                box.wait()
        self.boxes.clear()


@contextmanager
def kannel(folder: Path, *, gate_port: int, network_port: int) -> Iterator[Kannel]:
    """A running Kannel until the block ends."""
    running = Kannel(folder, gate_port, network_port)
    running.start()
    try:
        yield running
    finally:
        running.kill()


def _answers(url: str) -> bool:
    try:
        httpx.get(url, timeout=2)
    except httpx.HTTPError:
        return False
    return True
