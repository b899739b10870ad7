"""Morph along the movement between two pictures."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoTransition
from effects.frame import Frame, Plane
from effects.params import param
from effects.planes import eased, mixed_planes

_FLOW_WIDTH = 400
"""Flow is sought in pictures of about this width: enough for shapes, and quick."""

Flow = NDArray[np.float32]
"""(h, w, 2): x and y in pixels of its own grid."""


class Morph(VideoTransition):
    """Shapes of the first picture flow into those of the next; best between pictures that are alike."""

    title = "Morph"

    smoothness: float = param(40.0, ge=0, le=100, unit="%", help="How evenly neighbouring parts move together.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """Both pictures bent towards each other along the optical flow, then mixed.

        The flows to the moment between are those of Jiang et al., Super SloMo (2018), eq. 4.
        """
        time = eased(progress)
        there, back = _flows(left.planes[0], right.planes[0], self.smoothness)
        to_left = -(1 - time) * time * there + time * time * back
        to_right = (1 - time) * (1 - time) * there - time * (1 - time) * back
        planes = tuple(
            mixed_planes(_bent(a, to_left), _bent(b, to_right), time)
            for a, b in zip(left.planes[:3], right.planes[:3], strict=True)
        )
        return replace(left, planes=planes)


def _flows(left: Plane, right: Plane, smoothness: float) -> tuple[Flow, Flow]:
    """Movement from left to right and back at reduced size."""
    height, width = left.shape
    shape = (min(_FLOW_WIDTH, max(width, 32)), max(round(height * min(_FLOW_WIDTH, width) / width), 32))
    a, b = (np.asarray(cv2.resize(plane, shape, interpolation=cv2.INTER_AREA), np.uint8) for plane in (left, right))
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    sigma = 0.5 + smoothness / 100 * shape[1] / 12
    return _even(search.calc(a, b, None), sigma), _even(search.calc(b, a, None), sigma)  # type: ignore[call-overload]


def _even(flow: NDArray[np.float32], sigma: float) -> Flow:
    return np.asarray(cv2.GaussianBlur(flow, (0, 0), sigma), np.float32)


def _bent(plane: Plane, flow: Flow) -> Plane:
    """Take each pixel from where the flow points; a half-size plane works as well."""
    height, width = plane.shape
    rows, columns = flow.shape[:2]
    full = np.asarray(cv2.resize(flow, (width, height), interpolation=cv2.INTER_LINEAR))
    across = full[..., 0] * np.float32(width / columns) + np.arange(width, dtype=np.float32)
    down = full[..., 1] * np.float32(height / rows) + np.arange(height, dtype=np.float32)[:, None]
    bent = cv2.remap(plane, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(bent, np.uint8)
