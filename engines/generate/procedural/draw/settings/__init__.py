"""One setting per file: a function that puts the layers of a scene on a stage, far to near."""
