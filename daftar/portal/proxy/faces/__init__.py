"""Faces: is the person before the camera, alive and now, the one who is to be bound (S3.4, S3.8; ADR 0016)?

Used by proxy bindings. May import terms, store, Django's cache and the models of proxies; dlib only in a
process of its own (`judge`).
"""

from daftar.portal.proxy.faces.port import FaceVerifier, Outcome, Question, Verdict

__all__ = ["FaceVerifier", "Outcome", "Question", "Verdict"]
