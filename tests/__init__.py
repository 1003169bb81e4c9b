"""A package, since another distribution brings a package of this name and would win."""
