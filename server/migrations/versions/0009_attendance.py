"""Attendance lists are corrected by the secretariat."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attendance_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('subject_kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('subject_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('change', sa.JSON(), nullable=False),
    sa.Column('withdraws', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_position', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['withdraws'], ['attendance_correction.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('attendance_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_correction_meeting_id'), ['meeting_id'], unique=False)


def downgrade() -> None:
    op.drop_table('attendance_correction')
