"""What Starcut measures of itself, beside the engines people use: run by `starcut bench`. One subject per file."""
