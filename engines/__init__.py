"""Make, take in and judge frames and sound. No Qt."""
