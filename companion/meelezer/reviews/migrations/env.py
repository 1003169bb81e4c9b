"""Runs the migrations on the connection that `database.migrate` hands over."""

from alembic import context

from meelezer.reviews import people_tables
from meelezer.reviews.tables import Base

# Only what was imported is in the metadata.
assert people_tables.Person.metadata is Base.metadata
context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
