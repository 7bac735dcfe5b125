"""Recordings of older meetings are uploaded."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('upload',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.AutoString(), nullable=False),
    sa.Column('starts_at', server.db.UtcDateTime(), nullable=False),
    sa.Column('zone', sqlmodel.AutoString(), nullable=False),
    sa.Column('host_office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('offices', sa.JSON(), nullable=False),
    sa.Column('uploaded_by', sqlmodel.AutoString(), nullable=False),
    sa.Column('file_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('fingerprint', sqlmodel.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.AutoString(), nullable=True),
    sa.Column('created_at', server.db.UtcDateTime(), nullable=False),
    sa.Column('touched_at', server.db.UtcDateTime(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('track_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('length', sa.Float(), nullable=True),
    sa.Column('cut_short', sa.Boolean(), nullable=False),
    sa.Column('sha256', sqlmodel.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['host_office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_host_office_id'), ['host_office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_state'), ['state'], unique=False)


def downgrade() -> None:
    op.drop_table('upload')
