"""A canvas on a graphics device: every plate and pose is a texture, every laying a quad.

What a layer computes itself (water, silk) it computes on the processor as ever: the canvas is read back for it and written
again. Belongs to the thread and process that made it; nothing here is shared with Qt's own use of OpenGL.
"""

from __future__ import annotations

import sys
import weakref
from typing import Any

import moderngl
import numpy as np

from engines.generate.procedural.draw.camera import Affine, Camera
from engines.generate.procedural.draw.gpu.device import GpuFault
from engines.generate.procedural.draw.layers import Bytes, Canvas

_VERTEX = """
#version 330
in vec2 corner;
uniform vec2 size;
uniform vec2 frame;
uniform mat2 turn;
uniform vec2 shift;
out vec2 place;
void main() {
    place = corner;
    // Middles of pixels lie on whole numbers in `turn` and `shift`, half a pixel in from their corner here.
    vec2 at = turn * (corner * size - 0.5) + shift + 0.5;
    gl_Position = vec4(at / frame * 2.0 - 1.0, 0.0, 1.0);
}
"""
_FRAGMENT = """
#version 330
in vec2 place;
uniform sampler2D plate;
uniform float opacity;
out vec4 colour;
void main() {
    colour = texture(plate, place) * opacity;
}
"""


def opened() -> moderngl.Context:
    """A context without a window. Raises GpuFault."""
    options: dict[str, Any] = {"backend": "egl"} if sys.platform.startswith("linux") else {}
    try:
        context = moderngl.create_context(require=330, standalone=True, **options)
    except Exception as error:  # drivers raise what they like
        raise GpuFault(str(error) or type(error).__name__) from error
    return context


class GpuCanvas(Canvas):
    """The frame in the making on a device. Use it as a Canvas; `release` it when done."""

    is_gpu = True

    def __init__(self, width: int, height: int, camera: Camera, context: moderngl.Context) -> None:
        super().__init__(width, height, camera)
        self._context = context
        largest = int(context.info["GL_MAX_TEXTURE_SIZE"])
        if max(width, height) > largest:
            raise GpuFault(f"The device takes {largest} pixels a side.")
        self._largest = largest
        self._target = context.texture((width, height), 4)
        self._frame = context.framebuffer([self._target])
        self._program = context.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        corners = np.array([(0, 0), (1, 0), (0, 1), (1, 1)], np.float32)
        self._quad = context.vertex_array(self._program, context.buffer(corners.tobytes()), "corner")
        self._uniform("frame").value = (float(width), float(height))
        self._textures: dict[int, tuple[weakref.ref[Bytes], moderngl.Texture]] = {}
        self._drawn, self._written = False, False
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)

    @property
    def data(self) -> Bytes:
        """What is drawn so far, read back; what is written to it is sent to the device before the next laying."""
        self._written = True
        return self.picture

    @data.setter
    def data(self, value: Bytes) -> None:
        self._data, self._written, self._drawn = value, True, False

    @property
    def picture(self) -> Bytes:
        """The same, only to be looked at."""
        if self._drawn:
            self._frame.read_into(self._data, components=4, alignment=1)
            self._drawn = False
        return self._data

    def lay(
        self, plate: Bytes, move: Affine, box: tuple[int, int, int, int], opaque_from: int, opacity: float = 1.0
    ) -> None:
        """Lay moved pixels over the part `box` (x0, y0, x1, y1)."""
        x0, y0, x1, y1 = max(0, box[0]), max(0, box[1]), min(self.width, box[2]), min(self.height, box[3])
        if x1 <= x0 or y1 <= y0 or opacity <= 0:
            return
        self._send()
        self._frame.use()
        # Rows count from the top here; the device does not care which end is up.
        self._frame.scissor = (x0, y0, x1 - x0, y1 - y0)
        self._texture(plate).use(0)
        height, width = plate.shape[:2]
        self._uniform("size").value = (float(width), float(height))
        self._uniform("turn").value = (*move[:, 0].tolist(), *move[:, 1].tolist())
        self._uniform("shift").value = tuple(move[:, 2].tolist())
        self._uniform("opacity").value = min(1.0, opacity)
        self._quad.render(moderngl.TRIANGLE_STRIP)
        self._drawn = True

    def release(self) -> None:
        """Give back what the device holds."""
        for _, texture in self._textures.values():
            texture.release()
        self._textures.clear()
        for one in (self._quad, self._program, self._frame, self._target):
            one.release()

    def _send(self) -> None:
        if self._written:
            self._target.write(np.ascontiguousarray(self._data))
            self._written = False

    def _texture(self, plate: Bytes) -> moderngl.Texture:
        """The texture of an array: made once, gone with it."""
        key = id(plate)
        found = self._textures.get(key)
        if found is not None and found[0]() is plate:
            return found[1]
        height, width = plate.shape[:2]
        if max(height, width) > self._largest:
            raise GpuFault(f"A plate of {width}x{height} is too large for the device.")
        texture = self._context.texture((width, height), 4, np.ascontiguousarray(plate))
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x = texture.repeat_y = False
        self._textures[key] = (weakref.ref(plate, lambda gone: self._forget(key, gone)), texture)
        return texture

    def _forget(self, key: int, gone: weakref.ref[Bytes]) -> None:
        found = self._textures.get(key)
        if found is not None and found[0] is gone:
            del self._textures[key]
            found[1].release()

    def _uniform(self, name: str) -> Any:
        return self._program[name]
