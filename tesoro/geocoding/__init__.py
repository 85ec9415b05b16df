"""Places of the world: asked of a geocoding service by the server, never by a browser, and only when somebody asks."""
