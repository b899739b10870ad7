"""Intent to SceneSpec: everything the words left open is decided here, from the setting, the mood, the genre and the seed."""

from engines.generate.procedural.create.decide import create as create
from engines.generate.procedural.create.describe import describe as describe
