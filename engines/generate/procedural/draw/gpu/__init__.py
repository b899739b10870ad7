"""Drawing on a graphics device: the same layers as quads, in a process of its own that may die of it."""
