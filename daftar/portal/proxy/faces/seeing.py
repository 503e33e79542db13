"""Eyes: faces in a picture, and how like two of them are, by dlib and two of the models that Davis King gave away.

Only the 5-point model and the recognition net are read (ADR 0016). Imported in the judging process alone: dlib holds
Python's lock while it works, for tenths of a second.
"""

import pickle
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dlib
import numpy
from PIL import Image

from daftar.portal.proxy.faces.liveness import Point, Pose, pose_of
from daftar.portal.proxy.faces.pictures import Picture, frame_picture, reference_picture

SEARCHED_SIDE = 480
"""Longest side of the picture in which faces are searched; they are found from 80 of these pixels on."""

BESIDE = 0.5
"""A second face counts when it is at least so wide as the largest: people in the background do not."""

CHIP_SIDE, CHIP_EDGE = 150, 0.25
"""Of a face as the recognition net was taught to see it: pixels, and how much of what is around it."""

_read: list[Any] = []


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture; `chip` is the face alone, upright, of the size that the recognition net wants."""

    width: float
    pose: Pose
    chip: Picture


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in a picture: its size in rows and columns, the largest face, and others beside it."""

    size: tuple[int, int]
    faces: list[Face]


def seen_in_frame(jpeg: bytes) -> Seen:
    """Look at one frame of a camera; raises `UnreadableError`."""
    return _seen(frame_picture(jpeg))


def seen_in_reference(written: bytes) -> Seen:
    """Look at a reference photograph; raises `UnreadableError`."""
    return _seen(reference_picture(written))


def faces_in(picture: Picture) -> list[Face]:
    """The largest face, and others beside it; empty when there is none."""
    scale = min(1.0, SEARCHED_SIDE / max(picture.shape[:2]))
    found = _detector()(_smaller(picture, scale), 0)
    largest = max((box.width() for box in found), default=0)
    near = [box for box in found if box.width() >= BESIDE * largest]
    near.sort(key=lambda box: -box.width())
    return [_face(picture, box, scale) for box in near]


def described(chip: Picture) -> numpy.ndarray:
    """128 numbers for a face; the distance of two of them says how unlike they are."""
    return numpy.array(_net().compute_face_descriptor(chip))


def _seen(picture: Picture) -> Seen:
    return Seen((picture.shape[0], picture.shape[1]), faces_in(picture))


def _face(picture: Picture, box: Any, scale: float) -> Face:
    sides = (box.left(), box.top(), box.right(), box.bottom())
    shape = _points()(picture, dlib.rectangle(*(round(side / scale) for side in sides)))
    points: list[Point] = [(part.x, part.y) for part in shape.parts()]
    return Face(box.width() / scale, pose_of(points), dlib.get_face_chip(picture, shape, CHIP_SIDE, CHIP_EDGE))


def _smaller(picture: Picture, scale: float) -> Picture:
    if scale == 1.0:
        return picture
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return numpy.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR))


def models_read() -> None:
    """Have the models in memory before anybody asks: it takes two tenths of a second."""
    _points()
    _net()


def detector_written() -> bytes:
    """The detector of faces as bytes: reading it takes milliseconds, making it most of a second."""
    return pickle.dumps(_detector())


def detector_read(written: bytes) -> None:
    """Take the detector that another process of ours wrote, before it had seen any picture."""
    _read[:] = [pickle.loads(written)]


def _detector() -> Any:
    return _read[0] if _read else _made()


@cache
def _made() -> Any:
    return dlib.get_frontal_face_detector()


@cache
def _points() -> Any:
    return dlib.shape_predictor(_model("shape_predictor_5_face_landmarks.dat"))


@cache
def _net() -> Any:
    return dlib.face_recognition_model_v1(_model("dlib_face_recognition_resnet_model_v1.dat"))


def _model(name: str) -> str:
    """Path of a model; its package is not imported, because it asks for a part of setuptools that is gone."""
    package = find_spec("face_recognition_models")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("face_recognition_models")
    return str(Path(package.submodule_search_locations[0]) / "models" / name)
