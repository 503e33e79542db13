"""Proxy bindings: who acts for whom, and until when (S3.1-S3.11, S3.20)."""
