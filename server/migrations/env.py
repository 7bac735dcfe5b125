"""Alembic's entry: the tables of the whole product. SQLite changes tables in batches."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from minutes.notula import models as notula
from minutes.record import models as record
from server.attendance import models as attendance
from server.auth import models as auth
from server.followups import models as followups
from server.meetings import models as meetings
from server.numbering import models as numbering
from server.rooms import models as rooms
from server.uploads import models as uploads

# Imported for the tables they add to the metadata.
TABLES = (record, attendance, auth, followups, meetings, notula, numbering, rooms, uploads)

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        # FTS5 keeps tables of its own, which no model describes.
        include_name=lambda name, kind, _: not (kind == "table" and (name or "").startswith("line_fts")),
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
