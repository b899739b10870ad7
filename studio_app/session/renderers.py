"""The renderers of the two viewers: each decodes for itself, within the memory that both share."""

from __future__ import annotations

from engines.render.previews import Previews
from engines.render.renderer import Renderer
from studio_app.services.cache_budget import MemoryBudget
from studio_app.services.hardware import Hardware
from studio_app.services.proxies import Proxies

SOURCE_BYTES = (48 << 20, 16 << 20)
"""What the source viewer keeps of decoded and of composed frames."""


class Renderers:
    """Makes them; each is used by one thread."""

    def __init__(self, proxies: Proxies, previews: Previews, hardware: Hardware, memory: MemoryBudget) -> None:
        self._proxies, self._previews, self._hardware, self._memory = proxies, previews, hardware, memory

    def for_cut(self, *, goes_back: bool = True) -> Renderer:
        """Of the sequence: with frames made ahead. `goes_back`: somebody may step back in what it has decoded."""
        renderer = Renderer(
            stand_in=self._proxies.stand_in,
            previews=self._previews,
            decoding=self._hardware.decoding,
            readers=self._memory.readers,
        )
        return self._memory.adopt(renderer, goes_back=goes_back)

    def for_source(self) -> Renderer:
        """Of single files: with little memory."""
        renderer = Renderer(
            stand_in=self._proxies.stand_in, decoding=self._hardware.decoding, readers=self._memory.readers
        )
        renderer.keep_within(*SOURCE_BYTES)
        return renderer
