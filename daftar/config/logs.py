"""Logs as one JSON object a line, on standard error; nothing personal goes in (design §4)."""

import logging
import sys

import structlog

from daftar.config import environment as env


def configure_logs() -> None:
    """Set up structlog; `DAFTAR_LOG=debug|info|warning|error` chooses how much."""
    level = logging.getLevelNamesMapping().get(env.text("DAFTAR_LOG", "info").upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
