"""The HTTP shell around the engine: APIFlask on waitress."""
