"""Notulas: versions, who does what, what was done, what was sealed and printed. What happened is only added to."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

APPEND_ONLY = ('notula_move', 'notula_sealed', 'notula_export')
SEALED = "('signed', 'archived', 'amended', 'revoked')"


def upgrade() -> None:
    op.create_table('notula_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sqlmodel.AutoString(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('window_until', sa.BigInteger(), nullable=True),
    sa.Column('code', sqlmodel.AutoString(), nullable=True),
    sa.Column('approved', sa.Text(), nullable=True),
    sa.Column('sha256', sqlmodel.AutoString(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code'),
    sa.UniqueConstraint('meeting_id', 'number')
    )
    op.create_table('notula_duties',
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('meeting_id')
    )
    op.create_table('notula_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('move', sqlmodel.AutoString(), nullable=False),
    sa.Column('before', sqlmodel.AutoString(), nullable=False),
    sa.Column('after', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_position', sqlmodel.AutoString(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('content_sha256', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('previous', sqlmodel.AutoString(), nullable=False),
    sa.Column('hash', sqlmodel.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'number')
    )
    op.create_table('notula_sealed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.AutoString(), nullable=False),
    sa.Column('sha256', sqlmodel.AutoString(), nullable=False),
    sa.Column('previous', sqlmodel.AutoString(), nullable=True),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code'),
    sa.UniqueConstraint('sha256'),
    sa.UniqueConstraint('meeting_id', 'version')
    )
    op.create_table('notula_export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('file', sqlmodel.AutoString(), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('previous', sqlmodel.AutoString(), nullable=False),
    sa.Column('hash', sqlmodel.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'version', 'file')
    )
    for table in ('notula_version', 'notula_move', 'notula_sealed', 'notula_export'):
        op.create_index(f'ix_{table}_meeting_id', table, ['meeting_id'], unique=False)
    op.create_index('ix_notula_export_sha256', 'notula_export', ['sha256'], unique=False)
    for table in APPEND_ONLY:
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
    # Of a sealed version only the state goes on, and not back.
    same = ' OR '.join(
        f'NEW.{column} IS NOT OLD.{column}'
        for column in ('id', 'meeting_id', 'number', 'revision', 'content', 'window_until', 'code', 'approved', 'sha256')
    )
    op.execute(
        f"CREATE TRIGGER notula_version_sealed BEFORE UPDATE ON notula_version WHEN OLD.state IN {SEALED} "
        f"AND ({same} OR NEW.state NOT IN {SEALED}) "
        "BEGIN SELECT RAISE(ABORT, 'a sealed version does not change'); END"
    )
    op.execute(
        f"CREATE TRIGGER notula_version_stays BEFORE DELETE ON notula_version WHEN OLD.state IN {SEALED} "
        "BEGIN SELECT RAISE(ABORT, 'a sealed version stays'); END"
    )


def downgrade() -> None:
    for table in ('notula_export', 'notula_sealed', 'notula_move', 'notula_duties', 'notula_version'):
        op.drop_table(table)
