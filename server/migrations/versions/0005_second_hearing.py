"""Tracks keep what was expected in them, and are heard a second time; those of before are left as they are."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hints', sqlmodel.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('revised_until', sa.Float(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('revised', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute('UPDATE track SET revised = complete, revised_until = heard_until WHERE complete')


def downgrade() -> None:
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.drop_column('revised')
        batch_op.drop_column('revised_until')
        batch_op.drop_column('hints')
