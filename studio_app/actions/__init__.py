"""What a user can invoke: one function each, with its title, keys, menu and when it can be used."""
