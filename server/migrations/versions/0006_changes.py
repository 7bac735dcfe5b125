"""The record keeps what changed in it. What changed before is not known, and nobody has read it since then."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'line_change',
        sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('line_id', sqlmodel.AutoString(), nullable=False),
        sa.Column('was', sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint('meeting_id', 'number', 'line_id'),
    )


def downgrade() -> None:
    op.drop_table('line_change')
