"""The pages, one module each; a module's ``ROUTES`` is what it answers."""
