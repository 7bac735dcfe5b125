"""Who must be let in, how many offices must be present, and which meeting this one goes on from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("waits", sa.String(), nullable=False, server_default="nobody"))
        meeting.add_column(sa.Column("quorum", sa.Integer(), nullable=False, server_default="0"))
        meeting.add_column(sa.Column("previous_id", sa.String(), nullable=True))
        meeting.create_foreign_key("fk_meeting_previous", "meeting", ["previous_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_constraint("fk_meeting_previous", type_="foreignkey")
        meeting.drop_column("previous_id")
        meeting.drop_column("quorum")
        meeting.drop_column("waits")
