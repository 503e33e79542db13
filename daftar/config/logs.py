"""Logs as one JSON object a line, on standard error; nothing personal goes in (design §4)."""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from daftar.answers.request_ids import CURRENT
from daftar.config import environment as env


def configure_logs() -> None:
    """Set up structlog; `DAFTAR_LOG=debug|info|warning|error` chooses how much."""
    level = logging.getLevelNamesMapping().get(env.text("DAFTAR_LOG", "info").upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            with_request_id,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def with_request_id(logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: what is said within a request names it."""
    if id := CURRENT.get():
        line["request_id"] = id
    return line


class FramesOnly(logging.Formatter):
    """Django's records as JSON: of an exception its type and frames, never its message, which may hold values."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if id := CURRENT.get():
            line["request_id"] = id
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


DJANGO_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": "daftar.config.logs.FramesOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "frames"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": True},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},  # the sender's slip, told on a page of its own
    },
}
"""For Django's settings: what failed is said on standard error; ordinary refusals are not."""
