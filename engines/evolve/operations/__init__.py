"""One operation per file: `<family>_<type>.py` is the operation `family.type`."""
