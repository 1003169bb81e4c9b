"""The engine: no Flask, no sockets, no disk after loading."""
