"""What every part of the application may use: jobs, settings, autosave, paths, signals."""
