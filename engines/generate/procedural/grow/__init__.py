"""What Starcut learns from its own films: a log, figures by word, looks with names. Values only; files are the services'."""
