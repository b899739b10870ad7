"""Small arrays of pixels as pixmaps, each turned into one once."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPixmap

from ui.qt.image import image_of

_MOST = 400
_kept: OrderedDict[int, tuple[NDArray[np.uint8], QPixmap]] = OrderedDict()


def pixmap_of_array(bgra: NDArray[np.uint8]) -> QPixmap:
    """A pixmap of `(h, w, 4)` B, G, R, x. It is kept while the array is; do not write to that."""
    found = _kept.get(id(bgra))
    if found is not None and found[0] is bgra:
        _kept.move_to_end(id(bgra))
        return found[1]
    made = QPixmap.fromImage(image_of(bgra))
    _kept[id(bgra)] = (bgra, made)
    while len(_kept) > _MOST:
        _kept.popitem(last=False)
    return made
