"""Picture effects, transitions and generators: arrays in, arrays out. One effect per file; its id is the file's name."""
