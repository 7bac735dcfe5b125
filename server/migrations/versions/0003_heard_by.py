"""Lines say by what they were heard."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('heard_by',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('engine', sqlmodel.AutoString(), nullable=False),
    sa.Column('model', sqlmodel.AutoString(), nullable=False),
    sa.Column('weights', sqlmodel.AutoString(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('prompt', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.add_column('line', sa.Column('heard_by', sqlmodel.AutoString(), nullable=True))


def downgrade() -> None:
    op.drop_column('line', 'heard_by')
    op.drop_table('heard_by')
